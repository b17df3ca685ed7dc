// One case by keyboard, what the citizen will read while a colleague writes, and what others do in the meantime.
//   form[data-lp-passo="/…/anteprima/"]   the form of a step: its words are sent there, the answer fills
//   [data-lp-anteprima-qui]               the preview
import { avviaDiretta } from './diretta.js';
import { avviaMappaPunto } from './mappa-punto.js';
import { avviaMenzioni } from './menziona.js';
import { avviaPresenza } from './presenza.js';
import { registra } from './scrivania-tasti.js';
import { avviaUnaVolta } from './una-volta.js';

const ATTESA = 350; // ms without a key before the preview is asked for
let orologio;
let ultima = 0; // of the questions asked: a slow answer does not overwrite a later one

async function anteprima(modulo) {
  const mia = ++ultima;
  const dati = new FormData(modulo);
  for (const [nome, valore] of [...dati]) if (valore instanceof File) dati.delete(nome);
  try {
    const risposta = await fetch(modulo.dataset.lpPasso, { method: 'POST', body: dati });
    const dove = document.querySelector('[data-lp-anteprima-qui]');
    if (!risposta.ok || risposta.redirected || !dove || mia !== ultima) return;
    dove.replaceChildren(...new DOMParser().parseFromString(await risposta.text(), 'text/html').body.childNodes);
  } catch {
    // Without network the preview stays as it was; sending the step will say so.
  }
}

// The preview is live here: the button that asks for it is for who has no script.
document.body.classList.add('con-anteprima');

document.addEventListener('input', ({ target }) => {
  const modulo = target.closest('form[data-lp-passo]');
  if (!modulo) return;
  clearTimeout(orologio);
  orologio = setTimeout(() => anteprima(modulo), ATTESA);
});

// The step is on its way: a preview asked for now would be of a case that has moved.
document.addEventListener('submit', () => { clearTimeout(orologio); ultima += 1; });

document.addEventListener('keydown', (evento) => {
  const modulo = evento.target.closest('form[data-lp-passo]');
  if (!modulo || evento.key !== 'Enter' || !(evento.ctrlKey || evento.metaKey)) return;
  evento.preventDefault();
  modulo.requestSubmit();
});

// The first link that the selector finds, followed as if clicked.
function segui(selettore, posto = 0) {
  const legame = document.querySelectorAll(selettore)[posto];
  legame?.click();
  return Boolean(legame);
}

registra({ j: () => segui('main [rel="next"]'), k: () => segui('main [rel="prev"]'), u: () => segui('.lp-scorri a') });
registra(Object.fromEntries([...'123456789'].map((tasto) => [tasto, () => segui('.lp-mosse a', Number(tasto) - 1)])));
document.addEventListener('lp:cambiata', ({ target }) => {
  avviaUnaVolta(target);
  avviaMappaPunto(target);
});
avviaMenzioni(document);
avviaPresenza(document); // before the socket opens: it says its first word once
avviaDiretta(document);
avviaMappaPunto(document);
