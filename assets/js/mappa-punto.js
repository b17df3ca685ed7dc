// [data-lp-mappa-punto]: a small still map of one point, drawn when it comes near the window. The words beside it say
// the same; without this script there are only the words.
//   data-lat, data-lon   where; data-luoghi: GeoJSON of boundary and places; data-css: Leaflet's stylesheet
//   data-tessere         tile server, if there is one, with data-attribuzione
const NOMI = 6; // written around the point, where they do not cover one another
const RIGA = { alta: 20, larga: 110 }; // px that a name takes
const ZOOM = { disegno: 14, tessere: 16 };

export function avviaMappaPunto(pagina) {
  const osserva = new IntersectionObserver((visti) => {
    for (const { isIntersecting, target } of visti) {
      if (!isIntersecting) continue;
      osserva.unobserve(target);
      disegna(target).catch(() => { target.hidden = true; });
    }
  }, { rootMargin: '200px' });
  for (const cornice of pagina.querySelectorAll('[data-lp-mappa-punto]')) {
    cornice.hidden = false;
    osserva.observe(cornice);
  }
}

async function disegna(cornice) {
  const { lat, lon, luoghi, css, tessere, attribuzione } = cornice.dataset;
  const qui = [Number(lat), Number(lon)];
  const [L, dati] = await Promise.all([import('../vendor/leaflet/leaflet.js'), leggi(luoghi), stile(css)]);
  const mappa = L.map(cornice, {
    attributionControl: Boolean(tessere), zoomControl: false, dragging: false, keyboard: false, tap: false,
    scrollWheelZoom: false, doubleClickZoom: false, boxZoom: false, touchZoom: false,
  }).setView(qui, tessere ? ZOOM.tessere : ZOOM.disegno);
  mappa.attributionControl?.setPrefix(false);
  if (tessere) L.tileLayer(tessere, { attribution: attribuzione, maxZoom: 19 }).addTo(mappa);
  else scrivi(L, mappa, dati, qui);
  L.circleMarker(qui, { radius: 9, color: '#fff', weight: 3, fillColor: '#9a3412', fillOpacity: 1, interactive: false }).addTo(mappa);
}

export async function leggi(url) {
  const risposta = await fetch(url);
  if (!risposta.ok) throw new Error(`map: ${risposta.status}`);
  return risposta.json();
}

export function stile(href) {
  if (document.querySelector(`link[href="${href}"]`)) return undefined;
  const legame = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
  return new Promise((fatto, manca) => {
    legame.addEventListener('load', fatto);
    legame.addEventListener('error', manca);
    document.head.append(legame);
  });
}

// The drawing that needs no network: the Comune, and the names nearest to the point.
function scrivi(L, mappa, dati, qui) {
  colora(L, mappa, dati);
  for (const { nome, dove } of scelti(mappa, dati, qui)) {
    L.circleMarker(dove, { radius: 4, color: '#46524c', weight: 1, fillColor: '#fff', fillOpacity: 1, interactive: false })
      .bindTooltip(nome, { permanent: true, direction: 'auto', className: 'lp-nome-luogo' })
      .addTo(mappa);
  }
}

// The Comune, without names.
export function colora(L, mappa, dati) {
  const aree = dati.features.filter(({ geometry }) => geometry.type.endsWith('Polygon'));
  L.geoJSON(aree, { interactive: false, style: { color: '#8fbfa7', weight: 2, fillColor: '#e7f1ec', fillOpacity: 1 } }).addTo(mappa);
}

// Nearest first, each only where there is room left; the point itself has its own.
function scelti(mappa, dati, qui) {
  const presi = [mappa.latLngToContainerPoint(qui)];
  const libero = (punto) => presi.every((altro) => Math.abs(punto.y - altro.y) > RIGA.alta || Math.abs(punto.x - altro.x) > RIGA.larga);
  return dati.features
    .filter(({ geometry }) => geometry.type === 'Point')
    .map(({ geometry, properties }) => ({ nome: properties.nome, dove: [geometry.coordinates[1], geometry.coordinates[0]] }))
    .filter(({ dove }) => mappa.getBounds().contains(dove))
    .sort((a, b) => mappa.distance(qui, a.dove) - mappa.distance(qui, b.dove))
    .filter(({ dove }) => {
      const punto = mappa.latLngToContainerPoint(dove);
      return libero(punto) && presi.push(punto);
    })
    .slice(0, NOMI);
}
