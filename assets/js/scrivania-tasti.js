// Single-key shortcuts of the desk: one register, one switch (WCAG 2.1.4). Silent while somebody writes, while a window
// is open, and once switched off; the server remembers the choice of the person. body.con-tasti shows the keys.
//   registra({ j: fn, '/': fn, 'g c': fn })    a key (or two, one after the other) and what it does; a function that
//                                              returns false did nothing
const SECONDO = 1500; // ms in which the second of two keys may follow the first
const registro = new Map();
let accese = document.body.dataset.lpScorciatoie !== 'spente';
let primo = ''; // first of two keys, while the second is waited for
let orologio;

// Out of reach of the server the choice holds until the page is left.
function ricorda(modulo) {
  const dati = new FormData(modulo);
  dati.set('accese', accese ? 'si' : '');
  // keepalive: who leaves the page at once has chosen all the same.
  fetch(modulo.action, { method: 'POST', body: dati, keepalive: true }).catch(() => {});
}

function aspetta(tasto) {
  clearTimeout(orologio);
  primo = tasto;
  if (tasto) orologio = setTimeout(() => { primo = ''; }, SECONDO);
}

export function registra(tasti) {
  for (const [tasto, fai] of Object.entries(tasti)) registro.set(tasto, fai);
}

function scrive(elemento) {
  return elemento.closest('input:not([type="checkbox"]), textarea, select, [contenteditable], dialog');
}

function premuto(evento) {
  if (evento.key === 'Escape' && evento.target.matches('[data-lp-cerca]')) evento.target.blur();
  if (!accese || evento.defaultPrevented || evento.ctrlKey || evento.metaKey || evento.altKey || evento.isComposing) return;
  if (scrive(evento.target)) return;
  const tasto = evento.key.toLowerCase();
  const fai = registro.get(primo ? `${primo} ${tasto}` : tasto);
  const comincia = !primo && [...registro.keys()].some((chiave) => chiave.startsWith(`${tasto} `));
  aspetta(comincia ? tasto : '');
  if (fai && fai(evento) !== false) evento.preventDefault();
}

// The window with the list of keys and the switch; every [data-lp-tasti-apri] opens it.
export function avviaTasti(pagina) {
  const finestra = pagina.querySelector('[data-lp-tasti]');
  const interruttore = finestra.querySelector('[data-lp-tasti-interruttore]');
  const mostra = () => {
    interruttore.textContent = accese ? interruttore.dataset.accese : interruttore.dataset.spente;
    pagina.body.classList.toggle('con-tasti', accese);
  };
  pagina.addEventListener('click', (evento) => {
    if (evento.target.closest('[data-lp-tasti-apri]')) finestra.showModal();
    if (evento.target.closest('[data-lp-tasti-chiudi]')) finestra.close();
  });
  interruttore.addEventListener('click', () => { accese = !accese; ricorda(interruttore.form); mostra(); });
  for (const bottone of pagina.querySelectorAll('[data-lp-tasti-apri]')) bottone.hidden = false;
  registra({ '?': () => finestra.showModal(), '/': () => cerca(pagina) });
  for (const dove of 'crle') registra({ [`g ${dove}`]: () => location.assign(finestra.getAttribute(`data-lp-vai-${dove}`)) });
  pagina.addEventListener('keydown', premuto);
  mostra();
}

function cerca(pagina) {
  const campo = [...pagina.querySelectorAll('[data-lp-cerca]')].find((uno) => uno.offsetParent !== null);
  if (!campo) return false;
  campo.focus();
  campo.select();
  return true;
}
