// form[data-lp-dove]: the point. Its home are the hidden fields; the map, the search, the device and the arrows all
// set it through `metti`, which asks the server what is there. Each of the four works without the others.
import { avviaMappa } from './mappa.js';
import { chiedi, dopo } from './parti.js';
import { avviaPosizione } from './posizione.js';

const modulo = document.querySelector('[data-lp-dove]');
if (modulo) avvia(modulo);

function avvia(modulo) {
  const lat = modulo.querySelector('[data-lp-lat]');
  const lon = modulo.querySelector('[data-lp-lon]');
  const puntoDi = modulo.querySelector('[data-lp-punto-di]');
  const parti = {
    punto: modulo.querySelector('[data-lp-punto]'),
    fuori: modulo.querySelector('[data-lp-fuori]'),
    vicine: modulo.querySelector('[data-lp-vicine]'),
  };

  const guarda = dopo(350, async () => {
    const dati = new URLSearchParams({ lat: lat.value, lon: lon.value });
    const html = await chiedi(modulo.dataset.punto, { modulo, dati });
    if (html === null) return;
    const arrivato = new DOMParser().parseFromString(html, 'text/html');
    for (const [nome, dove] of Object.entries(parti)) {
      const nuovo = arrivato.querySelector(`[data-parte="${nome}"]`).innerHTML.trim();
      if (dove.innerHTML.trim() !== nuovo) dove.innerHTML = nuovo;
    }
    mappa.segna();
  });

  // The point belongs to the place chosen last: the server then knows that it is nearer the truth.
  const metti = (nuovaLat, nuovaLon, { mostra = true } = {}) => {
    lat.value = nuovaLat.toFixed(6);
    lon.value = nuovaLon.toFixed(6);
    puntoDi.value = modulo.querySelector('[name=posto]:checked')?.value ?? '';
    mappa.spillo(nuovaLat, nuovaLon, { mostra });
    guarda();
  };

  const mappa = avviaMappa(modulo.querySelector('[data-lp-mappa]'), { metti, vicine: parti.vicine });
  avviaPosizione(modulo, { metti });

  modulo.addEventListener('change', ({ target }) => {
    if (target.name === 'posto' && target.dataset.lat) metti(Number(target.dataset.lat), Number(target.dataset.lon));
  });
  avviaRicerca(modulo, metti);
}

// The search button and the Enter key in its field: the answers come into this page.
function avviaRicerca(modulo, metti) {
  const cerca = modulo.elements.cerca;
  const luoghi = modulo.querySelector('[data-lp-luoghi]');
  modulo.addEventListener('submit', async (evento) => {
    if (evento.submitter?.value !== 'cerca') return;
    evento.preventDefault();
    const html = await chiedi(modulo.dataset.luoghi, { modulo, dati: new URLSearchParams({ cerca: cerca.value }) });
    if (html === null) return;
    luoghi.innerHTML = html;
    const trovati = luoghi.querySelectorAll('[name=posto]');
    if (trovati.length !== 1) return;
    trovati[0].checked = true;
    if (trovati[0].dataset.lat) metti(Number(trovati[0].dataset.lat), Number(trovati[0].dataset.lon));
  });
}
