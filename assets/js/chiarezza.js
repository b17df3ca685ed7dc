// [data-lp-chiarezza]: the question that closes a page, answered in place. The form there has no token (the page may
// come from a cache that is everybody's): it is fetched with the second step, the first time it is needed. Stars are
// kept as soon as one has stopped choosing; reason and words complete them. Without this, «Avanti» opens a page.
import { dopo } from './parti.js';

const FERMO = 1_200; // ms: who walks the stars with the arrows is still choosing

export function avviaChiarezza(pagina) {
  const riquadro = pagina.querySelector('[data-lp-chiarezza]');
  if (riquadro) avvia(riquadro, riquadro.querySelector('form'));
}

function avvia(riquadro, modulo) {
  const annuncio = riquadro.querySelector('[data-lp-annuncio]');
  const bottone = modulo.querySelector('[data-lp-chiarezza-invia]');
  const parole = modulo.querySelector('[data-lp-chiarezza-parole]');
  let gettone = null;
  let coda = Promise.resolve();

  parole.hidden = false;
  parole.querySelector('input').name = parole.dataset.lpChiarezzaParole;
  bottone.textContent = bottone.dataset.lpChiarezzaInvia;

  const apri = async () => {
    const domanda = new URLSearchParams({ percorso: modulo.elements.percorso.value, parte: 'si' });
    const risposta = await fetch(`${modulo.action}?${domanda}`, { credentials: 'same-origin', cache: 'no-store' });
    if (!risposta.ok) throw new Error('refused');
    return leggi(await risposta.text()).querySelector('[name=csrfmiddlewaretoken]').value;
  };

  const manda = async (altro) => {
    gettone ??= await apri();
    const dati = new FormData(modulo);
    for (const [nome, valore] of Object.entries({ csrfmiddlewaretoken: gettone, parte: 'si', ...altro })) dati.set(nome, valore);
    return fetch(modulo.action, { method: 'POST', body: new URLSearchParams(dati), credentials: 'same-origin' });
  };

  // One after the other: the second may change what the first has written.
  const inFila = (fa) => {
    coda = coda.then(fa, fa);
    return coda;
  };

  const tieni = dopo(FERMO, () => inFila(() => manda({ passo: 'voto' })).catch(() => null));
  modulo.addEventListener('change', ({ target }) => { if (target.name === 'voto') tieni(); });

  modulo.addEventListener('submit', async (evento) => {
    evento.preventDefault();
    if (bottone.disabled) return;
    bottone.disabled = true;
    try {
      const risposta = await inFila(() => manda({}));
      const pezzo = leggi(await risposta.text());
      if (risposta.ok) ringrazia(pezzo);
      else if (risposta.status === 422) correggi(pezzo);
      else throw new Error('refused');
    } catch {
      modulo.elements.sito.disabled = true;
      parole.querySelector('input').removeAttribute('name'); // words of people do not belong in an address
      modulo.submit();
    }
    bottone.disabled = false;
  });

  function ringrazia(pezzo) {
    riquadro.replaceChildren(...pezzo.body.childNodes);
    riquadro.querySelector('h2').focus();
  }

  // The same fields as the page of the second step draws them: only what is wrong changes here.
  function correggi(pezzo) {
    const nuovo = pezzo.getElementById('giudizio-parole').parentElement;
    parole.replaceChildren(...nuovo.childNodes);
    parole.className = nuovo.className;
    annuncio.textContent = parole.querySelector('.lp-errore')?.textContent.trim() ?? '';
    parole.querySelector('input').focus();
  }
}

function leggi(html) {
  return new DOMParser().parseFromString(html, 'text/html');
}
