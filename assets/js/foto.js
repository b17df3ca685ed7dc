// form[data-lp-foto]: each photo goes up as soon as it is chosen, one at a time, with its progress; the list that
// comes back is the server's. Without this the files travel with the form.
const modulo = document.querySelector('[data-lp-foto]');
if (modulo) avvia(modulo);

function avvia(modulo) {
  const scelta = modulo.elements.foto;
  const elenco = modulo.querySelector('[data-lp-elenco-foto]');
  const annuncio = modulo.querySelector('[data-lp-annuncio]');
  const frasi = modulo.dataset;
  const coda = [];
  let attivo = false;
  let premuto = null;

  const accogli = () => {
    for (const file of scelta.files) coda.push(riga(modulo, elenco, file, coda));
    scelta.value = ''; // they travel alone: the form must not send them again
    avanti();
  };

  const avanti = async () => {
    if (attivo) return;
    attivo = true;
    for (let voce = coda.shift(); voce; voce = coda.shift()) {
      if (voce.file.size > Number(frasi.massimo)) voce.rifiuta(frasi.pesa);
      else await manda(voce);
    }
    attivo = false;
    if (premuto) modulo.requestSubmit(premuto);
  };

  // Going on waits for the photos on their way.
  modulo.addEventListener('submit', (evento) => {
    if (!attivo) return;
    evento.preventDefault();
    premuto = evento.submitter;
    annuncio.textContent = frasi.aspetta;
  });

  const manda = (voce) => new Promise((finita) => {
    const dati = new FormData(modulo);
    dati.delete('foto');
    dati.append('foto', voce.file, voce.file.name);
    dati.append('frammento', 'si');
    const richiesta = new XMLHttpRequest();
    voce.annulla = () => richiesta.abort();
    richiesta.upload.addEventListener('progress', ({ loaded, total }) => voce.avanza(loaded / total));
    richiesta.addEventListener('load', () => {
      if (richiesta.status !== 200) voce.rifiuta(frasi.guasto);
      else {
        voce.li.remove();
        sostituisci(elenco, richiesta.responseText);
        annuncio.textContent = elenco.querySelector('[data-lp-frase]').textContent;
      }
    });
    richiesta.addEventListener('error', () => voce.rifiuta(frasi.guasto));
    richiesta.addEventListener('abort', () => voce.li.remove());
    richiesta.addEventListener('loadend', finita);
    richiesta.open('POST', modulo.action);
    richiesta.send(dati);
  });

  scelta.addEventListener('change', accogli);
  if (scelta.files.length) accogli(); // chosen before this script had come, on a slow network
}

// A row for a file on its way, after those that are there.
function riga(modulo, elenco, file, coda) {
  const sezione = elenco.querySelector('section');
  sezione.hidden = false;
  const li = modulo.querySelector('[data-lp-in-arrivo]').content.firstElementChild.cloneNode(true);
  const bottone = li.querySelector('button');
  li.querySelector('strong').textContent = file.name;
  li.querySelector('progress').setAttribute('aria-label', modulo.dataset.caricamento.replace('{nome}', file.name));
  bottone.querySelector('span').textContent = ` ${file.name}`;
  elenco.querySelector('ul').append(li);
  const piccolo = li.querySelector('.lp-piccolo');
  const voce = {
    file, li,
    annulla: () => { coda.splice(coda.indexOf(voce), 1); li.remove(); },
    avanza: (parte) => {
      const percento = Math.round(parte * 100);
      li.querySelector('progress').value = percento;
      piccolo.textContent = modulo.dataset.al.replace('{n}', percento);
    },
    rifiuta: (motivo) => {
      li.className = 'rifiutata';
      bottone.firstChild.textContent = modulo.dataset.togli;
      li.querySelector('progress').remove();
      piccolo.className = 'lp-errore';
      piccolo.setAttribute('role', 'alert');
      piccolo.textContent = motivo;
      voce.annulla = () => li.remove();
    },
  };
  bottone.addEventListener('click', () => voce.annulla());
  return voce;
}

// The list is the server's; rows still on their way and words being typed are kept.
function sostituisci(elenco, html) {
  const inCorso = [...elenco.querySelectorAll('li')].filter((li) => li.querySelector('[type=button]'));
  const scritti = new Map([...elenco.querySelectorAll('input')].map((campo) => [campo.id, campo.value]));
  const attivo = document.activeElement?.id;
  elenco.innerHTML = html;
  elenco.querySelector('ul').append(...inCorso);
  if (inCorso.length) elenco.querySelector('section').hidden = false;
  for (const [id, valore] of scritti) {
    const campo = document.getElementById(id);
    if (campo) campo.value = valore;
  }
  if (attivo && scritti.has(attivo)) document.getElementById(attivo)?.focus();
}
