// [data-lp-mappa]: Leaflet over local layers (boundary and names), tiles only where the page names a server. It comes
// when it is near the screen; until then, and without it, the form is whole. Every gesture is also a button.
const PASSO = 5; // metres of an arrow
const METRI_PER_GRADO = 111195;
const LUCCA = [43.8429, 10.5027];
const ALTO = 18; // pixels of a name

export function avviaMappa(quadro, { metti, vicine }) {
  const stato = { mappa: null, L: null, spillo: null, altre: null, punto: puntoDi(quadro.dataset) };

  const mostra = (lat, lon, { mostra: muovi = true } = {}) => {
    stato.punto = [lat, lon];
    if (stato.mappa) disegnaSpillo(stato, muovi);
  };
  const segna = () => stato.mappa && segnaVicine(quadro, stato, vicine);

  for (const bottone of quadro.querySelectorAll('[data-lp-zoom]')) {
    bottone.addEventListener('click', () => stato.mappa?.setZoom(stato.mappa.getZoom() + Number(bottone.dataset.lpZoom)));
  }
  for (const bottone of quadro.querySelectorAll('[data-lp-sposta]')) {
    bottone.addEventListener('click', () => {
      const da = stato.punto ?? centroDi(stato);
      metti(...spostato(da, bottone.dataset.lpSposta));
    });
  }

  const carica = async () => {
    try {
      await disegna(quadro, stato, metti);
      segna();
    } catch {
      quadro.querySelector('.lp-mappa-viva').textContent = quadro.dataset.guasta;
    }
  };
  quandoSiVede(quadro, carica);
  return { spillo: mostra, segna };
}

function puntoDi({ lat, lon }) {
  return lat ? [Number(lat), Number(lon)] : null;
}

function centroDi({ mappa }) {
  const centro = mappa?.getCenter();
  return centro ? [centro.lat, centro.lng] : LUCCA;
}

function spostato([lat, lon], verso) {
  const gradi = PASSO / METRI_PER_GRADO;
  const largo = gradi / Math.cos((lat * Math.PI) / 180);
  const [su, destra] = { nord: [1, 0], sud: [-1, 0], est: [0, 1], ovest: [0, -1] }[verso];
  return [lat + su * gradi, lon + destra * largo];
}

function quandoSiVede(quadro, fa) {
  const guardia = new IntersectionObserver((viste) => {
    if (!viste.some((vista) => vista.isIntersecting)) return;
    guardia.disconnect();
    fa();
  }, { rootMargin: '200px' });
  guardia.observe(quadro);
}

async function disegna(quadro, stato, metti) {
  const casa = quadro.querySelector('.lp-mappa-viva');
  const [L, dati] = await Promise.all([import(quadro.dataset.leaflet), prendi(quadro.dataset.dati), foglio(quadro)]);
  casa.textContent = '';
  stato.L = L;
  // One finger scrolls the page, two move the map; the wheel scrolls the page. Arrows and zoom have buttons.
  stato.mappa = L.map(casa, {
    attributionControl: false, zoomControl: false, keyboard: false, scrollWheelZoom: false, dragging: !L.Browser.mobile,
    minZoom: 10, maxZoom: 19,
  });
  if (quadro.dataset.tessere) L.tileLayer(quadro.dataset.tessere, { maxZoom: 19 }).addTo(stato.mappa);
  const confine = L.geoJSON(dati, {
    filter: ({ geometry }) => geometry.type !== 'Point', interactive: false, style: { className: 'lp-confine' },
  });
  if (stato.punto) stato.mappa.setView(stato.punto, 17);
  else stato.mappa.fitBounds(confine.getBounds());
  confine.addTo(stato.mappa);
  nomina(L, stato.mappa, dati);
  stato.altre = L.layerGroup().addTo(stato.mappa);
  if (stato.punto) disegnaSpillo(stato, false);
  stato.mappa.on('click', ({ latlng }) => metti(latlng.lat, latlng.lng, { mostra: false }));
}

async function prendi(indirizzo) {
  const risposta = await fetch(indirizzo);
  if (!risposta.ok) throw new Error(`${indirizzo}: ${risposta.status}`);
  return risposta.json();
}

function foglio({ dataset }) {
  return new Promise((pronto, guasto) => {
    const legame = document.createElement('link');
    Object.assign(legame, { rel: 'stylesheet', href: dataset.foglio, onload: pronto, onerror: guasto });
    document.head.append(legame);
  });
}

// A dot with its name for each place; hamlets come before single places.
function nomina(L, mappa, dati) {
  const posti = dati.features.filter(({ geometry }) => geometry.type === 'Point');
  posti.sort((uno, altro) => (altro.properties.tipo === 'localita') - (uno.properties.tipo === 'localita'));
  const punti = posti.map(({ geometry: { coordinates: [lon, lat] }, properties: { nome } }) => L
    .circleMarker([lat, lon], { radius: 3, interactive: false, className: 'lp-luogo' })
    .bindTooltip(nome, { permanent: true, direction: 'right', className: 'lp-nome', interactive: false })
    .addTo(mappa));
  const sfoltisciOra = () => sfoltisci(mappa, punti);
  mappa.on('zoomend moveend', sfoltisciOra);
  sfoltisciOra();
}

// A name shows where it covers no other.
function sfoltisci(mappa, punti) {
  const vista = mappa.getBounds();
  const presi = [];
  for (const punto of punti) {
    const nome = punto.getTooltip().getElement();
    if (!nome) continue;
    const { x, y } = mappa.latLngToContainerPoint(punto.getLatLng());
    const qui = { da: x, a: x + nome.offsetWidth + 10, y };
    const libero = vista.contains(punto.getLatLng())
      && presi.every((altro) => qui.a < altro.da || qui.da > altro.a || Math.abs(qui.y - altro.y) > ALTO);
    nome.classList.toggle('coperto', !libero);
    if (libero) presi.push(qui);
  }
}

function disegnaSpillo(stato, muovi) {
  const { L, mappa, punto } = stato;
  if (!stato.spillo) {
    const icona = L.divIcon({ className: 'lp-spillo', iconSize: [34, 50], iconAnchor: [17, 49] });
    stato.spillo = L.marker(punto, { icon: icona, keyboard: false, interactive: false }).addTo(mappa);
  }
  stato.spillo.setLatLng(punto);
  if (!muovi) return;
  if (mappa.getZoom() < 16) mappa.setView(punto, 17);
  else if (!mappa.getBounds().pad(-0.2).contains(punto)) mappa.panTo(punto);
}

// The letters of the list «C’è già?», and the same in words for who does not see the map.
function segnaVicine(quadro, stato, vicine) {
  const { L, altre } = stato;
  altre.clearLayers();
  const voci = [...vicine.querySelectorAll('[data-lp-vicina]')];
  for (const { dataset } of voci) {
    const icona = L.divIcon({ className: 'lp-lettera', html: dataset.lpVicina, iconSize: [24, 24] });
    L.marker([dataset.lat, dataset.lon], { icon: icona, keyboard: false, interactive: false }).addTo(altre);
  }
  const dove = quadro.parentElement.querySelector('[data-lp-punto]').textContent.trim() || quadro.dataset.senza;
  const nome = quadro.dataset.nome.replace('{dove}', dove).replace('{vicine}', voci.map((v) => v.dataset.detto).join(' '));
  quadro.querySelector('.lp-mappa-viva').setAttribute('aria-label', nome.trim());
}
