// Single-key shortcuts of the desk: one register, one switch (WCAG 2.1.4). Silent while somebody writes, while a window
// is open, and once switched off; the choice is remembered on this computer. body.con-tasti shows the keys in the page.
//   registra({ j: fn, '/': fn })    a key and what it does; a function that returns false did nothing
const CHIAVE = 'lp-scorciatoie';
const registro = new Map();
let accese = leggi() !== 'spente';

function leggi() {
  try { return localStorage.getItem(CHIAVE); } catch { return null; }
}

function ricorda() {
  try { localStorage.setItem(CHIAVE, accese ? 'accese' : 'spente'); } catch { /* no storage: until the page is left */ }
}

export function registra(tasti) {
  for (const [tasto, fai] of Object.entries(tasti)) registro.set(tasto, fai);
}

function scrive(elemento) {
  return elemento.closest('input, textarea, select, [contenteditable], dialog');
}

function premuto(evento) {
  if (evento.key === 'Escape' && evento.target.matches('[data-lp-cerca]')) evento.target.blur();
  if (!accese || evento.defaultPrevented || evento.ctrlKey || evento.metaKey || evento.altKey || evento.isComposing) return;
  if (scrive(evento.target)) return;
  const fai = registro.get(evento.key.toLowerCase());
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
  interruttore.addEventListener('click', () => { accese = !accese; ricorda(); mostra(); });
  for (const bottone of pagina.querySelectorAll('[data-lp-tasti-apri]')) bottone.hidden = false;
  registra({ '?': () => finestra.showModal(), '/': () => cerca(pagina) });
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
