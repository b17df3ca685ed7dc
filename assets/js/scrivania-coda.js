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

// --- what is chosen: a thing apart from the cursor ---

const spunte = () => [...document.querySelectorAll('[data-lp-riga] [name="scelte"]')];

function conta() {
  const tutte = document.querySelector('[data-lp-tutte]');
  const n = spunte().filter((una) => una.checked).length;
  const detto = document.querySelector('[data-lp-scelte]');
  if (!detto) return;
  const { nessuna, una, molte } = detto.dataset;
  const parole = tutte?.checked ? detto.dataset.tutte : n === 0 ? nessuna : n === 1 ? una : molte.replace('%', n);
  if (detto.textContent !== parole) detto.textContent = parole;
  const togli = document.querySelector('[data-lp-togli]');
  togli.hidden = !n && !tutte?.checked;
  const intera = document.querySelector('[data-lp-pagina-intera]');
  intera.hidden = false;
  intera.firstElementChild.checked = n > 0 && n === spunte().length;
  intera.firstElementChild.indeterminate = n > 0 && n < spunte().length;
}

function scegli() {
  const spunta = righe().find((riga) => riga.dataset.lpRiga === qui)?.querySelector('[name="scelte"]');
  if (!spunta) return false;
  spunta.checked = !spunta.checked;
  conta();
  return true;
}

function togli() {
  const bottone = document.querySelector('[data-lp-togli]');
  if (!bottone || bottone.hidden) return false;
  bottone.form.reset();
  conta();
  return true;
}

// A key of the bar is its button; with nothing chosen it does nothing.
function massa(tasto) {
  const bottone = document.querySelector(`[data-lp-massa-tasto="${tasto}"]`);
  if (!bottone || document.querySelector('[data-lp-togli]').hidden) return false;
  bottone.click();
  return true;
}

function segui(selettore) {
  const legame = document.querySelector(selettore);
  legame?.click();
  return Boolean(legame);
}

document.addEventListener('change', ({ target }) => {
  if (target.closest('[data-lp-pagina-intera]')) for (const una of spunte()) una.checked = target.checked;
  conta();
});
document.addEventListener('reset', () => setTimeout(conta));
window.addEventListener('pageshow', conta);

document.addEventListener('focusin', ({ target }) => {
  const riga = target.closest('[data-lp-riga]');
  if (riga) segna(riga.dataset.lpRiga);
});
document.addEventListener('lp:cambiata', ({ target }) => { if (target.id !== 'righe') return; segna(qui); conta(); });
registra({ j: () => vai(1), k: () => vai(-1), enter: apri, o: () => apri({ target: document.body }), x: scegli, escape: togli });
registra(Object.fromEntries([...'apdr'].map((tasto) => [tasto, () => massa(tasto)])));
registra({ n: () => segui('main [rel="next"]'), b: () => segui('main [rel="prev"]'), s: () => segui('.lp-salva a') });
registra(Object.fromEntries([...'123456789'].map((tasto) => [tasto, () => elenco(tasto)])));
segna(qui);
avviaDiretta(document);
