// The queue by keyboard. The cursor is the row whose link has the focus, so that Enter and a screen reader follow it
// by themselves; aria-current draws it, and it survives rows that change by themselves.
import { avviaDiretta } from './diretta.js';
import { registra } from './scrivania-tasti.js';

let qui = decodeURIComponent(location.hash.slice(1)); // number of the case under the cursor, also where we come back from

const righe = () => [...document.querySelectorAll('[data-lp-riga]')];

function segna(codice) {
  qui = codice;
  for (const riga of righe()) {
    if (riga.dataset.lpRiga === codice) riga.setAttribute('aria-current', 'true');
    else riga.removeAttribute('aria-current');
  }
}

function vai(passo) {
  const tutte = righe();
  if (!tutte.length) return false;
  const posto = tutte.findIndex((riga) => riga.dataset.lpRiga === qui);
  const riga = tutte[posto < 0 ? 0 : Math.min(Math.max(posto + passo, 0), tutte.length - 1)];
  riga.querySelector('a').focus();
  return true;
}

function elenco(tasto) {
  const legame = [...document.querySelectorAll('#viste a')].find((uno) => uno.querySelector('.n').textContent === tasto);
  if (!legame) return false;
  location.assign(legame.href);
  return true;
}

// Enter on the cursor when the focus has wandered off: links and buttons keep their own.
function apri({ target }) {
  const legame = righe().find((riga) => riga.dataset.lpRiga === qui)?.querySelector('a');
  if (!legame || target.closest('a, button, summary')) return false;
  location.assign(legame.href);
  return true;
}

document.addEventListener('focusin', ({ target }) => {
  const riga = target.closest('[data-lp-riga]');
  if (riga) segna(riga.dataset.lpRiga);
});
document.addEventListener('lp:cambiata', ({ target }) => { if (target.id === 'righe') segna(qui); });
registra({ j: () => vai(1), k: () => vai(-1), enter: apri });
registra(Object.fromEntries([...'123456789'].map((tasto) => [tasto, () => elenco(tasto)])));
segna(qui);
avviaDiretta(document);
