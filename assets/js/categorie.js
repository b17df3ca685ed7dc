// form[data-lp-categorie]: while one types, the page asks which categories the words suggest; choosing one brings its
// questions. Without this the same comes after «Continua», on a page of its own.
import { chiedi, dopo } from './parti.js';

const modulo = document.querySelector('[data-lp-categorie]');
if (modulo) avvia(modulo);

function avvia(modulo) {
  const testo = modulo.elements.testo;
  const proposte = modulo.querySelector('[data-lp-proposte]');
  const domande = modulo.querySelector('[data-lp-domande]');
  const annuncio = modulo.querySelector('[data-lp-annuncio]');
  let visto = testo.value.trim();

  // At the counter a list of all of them stands below the cards: what is chosen there comes first.
  const elenco = modulo.elements.elenco;
  const scelta = () => elenco?.value || (modulo.querySelector('[name=categoria]:checked')?.value ?? '');

  const suggerisci = dopo(450, async () => {
    const ora = testo.value.trim();
    if (ora === visto || ora.length < 4) return;
    visto = ora;
    const dati = new URLSearchParams({ testo: ora, categoria: scelta() });
    const html = await chiedi(modulo.dataset.suggerimenti, { modulo, dati });
    // Nothing is swapped under a finger: who is choosing keeps the cards they see.
    if (html === null || proposte.contains(document.activeElement)) return;
    proposte.innerHTML = html;
    annuncio.textContent = proposte.querySelector('[data-lp-frase]')?.dataset.lpFrase ?? '';
  });

  const mostraDomande = async (categoria) => {
    const html = await chiedi(`${modulo.dataset.domande}?categoria=${encodeURIComponent(categoria)}`);
    if (html !== null && categoria === scelta()) domande.innerHTML = html;
  };

  testo.addEventListener('input', suggerisci);
  modulo.addEventListener('change', ({ target }) => {
    if (target.name === 'categoria' && elenco) elenco.value = '';
    if (target.name === 'categoria' || target.name === 'elenco') mostraDomande(scelta());
  });
}
