// Pages of the counters: the still map of one, and [data-lp-mappa-punti], that of all. The words say the same.
import { avviaMappaPunto, colora, leggi, stile } from './mappa-punto.js';

const VICINO = 15; // as near as the map of several comes
const RIGA = { alta: 22, larga: 130 }; // px that a name takes: where two would meet, the first is written

for (const quadro of document.querySelectorAll('[data-lp-mappa-punti]')) disegna(quadro).catch(() => { quadro.hidden = true; });
avviaMappaPunto(document);

async function disegna(quadro) {
  const { luoghi, css, tessere, attribuzione } = quadro.dataset;
  const punti = JSON.parse(quadro.querySelector('script').textContent);
  const [L, dati] = await Promise.all([import('../vendor/leaflet/leaflet.js'), leggi(luoghi), stile(css)]);
  quadro.hidden = false;
  const mappa = L.map(quadro.querySelector('.lp-mappa'), {
    attributionControl: Boolean(tessere), zoomControl: false, dragging: false, keyboard: false, scrollWheelZoom: false,
    doubleClickZoom: false, boxZoom: false, touchZoom: false,
  }).fitBounds(punti.map(({ lat, lon }) => [lat, lon]), { padding: [40, 40], maxZoom: VICINO });
  mappa.attributionControl?.setPrefix(false);
  if (tessere) L.tileLayer(tessere, { attribution: attribuzione, maxZoom: 19 }).addTo(mappa);
  else colora(L, mappa, dati);
  const scritti = [];
  for (const { nome, lat, lon } of punti) {
    const punto = L.circleMarker([lat, lon], { radius: 8, color: '#fff', weight: 2, fillColor: '#9a3412', fillOpacity: 1, interactive: false }).addTo(mappa);
    const qui = mappa.latLngToContainerPoint([lat, lon]);
    if (scritti.some(({ x, y }) => Math.abs(y - qui.y) < RIGA.alta && Math.abs(x - qui.x) < RIGA.larga)) continue;
    scritti.push(qui);
    punto.bindTooltip(nome.split(',')[0], { permanent: true, direction: 'auto', className: 'lp-nome-luogo' });
  }
}
