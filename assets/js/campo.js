// In the street: where one is (asked only when pressed), what is near, and steps that wait for the network.
//   [data-lp-campo="/…/vicine/"]     the page; data-operaio: its service worker; data-chi: whose phone it is now
//   form[data-lp-fatto]              a step; kept on the phone and sent as soon as it can be
import { Coda, dimentica, rimpicciolisci } from './coda-campo.js';

const CASSETTO = 'lp-campo';
const PAGINA = '/scrivania/campo/';
const ULTIMA = `${PAGINA}ultima/`; // the last list, as HTML; only ever read by this page
const radice = document.querySelector('[data-lp-campo]');
const vicini = radice.querySelector('[data-lp-vicini]');
const dice = radice.querySelector('[data-lp-campo-dice]');
const riquadro = radice.querySelector('[data-lp-coda-campo]');
const elenco = riquadro.querySelector('[data-lp-coda-elenco]');
const frase = riquadro.querySelector('[data-lp-coda-frase]');
const { dataset: parole } = radice;

// --- the list ---

async function tieniUltima() {
  const cassetto = await caches.open(CASSETTO);
  await cassetto.put(ULTIMA, new Response(vicini.innerHTML, { headers: { 'Content-Type': 'text/html; charset=utf-8' } }));
}

async function mostraUltima(perche) {
  const ultima = await caches.match(ULTIMA);
  if (ultima) vicini.innerHTML = await ultima.text();
  dice.textContent = ultima ? perche : parole.niente;
}

async function guarda({ coords }) {
  const dati = new FormData();
  dati.set('lat', coords.latitude);
  dati.set('lon', coords.longitude);
  const segreto = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? '';
  try {
    const risposta = await fetch(parole.lpCampo, { method: 'POST', body: dati, headers: { 'X-CSRFToken': segreto } });
    const html = await risposta.text();
    if (risposta.redirected || risposta.status === 403) return void location.reload();
    if (!risposta.ok) return void (dice.textContent = parole.assente);
    vicini.innerHTML = html;
    dice.textContent = vicini.querySelector('ol')?.dataset.dove ?? '';
    await tieniUltima();
  } catch {
    await mostraUltima(parole.caduta);
  }
}

function avviaPosizione(bottone) {
  if (!('geolocation' in navigator)) return;
  bottone.hidden = false;
  bottone.addEventListener('click', () => {
    dice.textContent = parole.cerco;
    navigator.geolocation.getCurrentPosition(guarda, (errore) => {
      dice.textContent = errore.code === errore.PERMISSION_DENIED ? parole.negata : parole.assente;
    }, { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 });
  });
}

// --- what waits ---

function voce(invio) {
  const li = document.createElement('li');
  const [che, come] = [document.createElement('span'), document.createElement('strong')];
  che.textContent = `${invio.titolo} (${invio.codice}) `;
  come.textContent = elenco.dataset[invio.stato];
  if (invio.stato === 'rivedere') come.className = 'lp-tardi';
  li.append(che, come);
  if (invio.stato !== 'rivedere') return li;
  const perche = document.createElement('p');
  perche.className = 'lp-piccolo mb-0';
  perche.textContent = `${invio.frase} «${invio.testo}» `;
  const apri = Object.assign(document.createElement('a'), { href: invio.pagina || invio.url, textContent: elenco.dataset.apri });
  const togli = Object.assign(document.createElement('button'), { type: 'button', className: 'btn btn-outline-primary piccolo', textContent: elenco.dataset.togli });
  togli.addEventListener('click', () => coda.togli(invio.chiave));
  perche.append(apri, ' ', togli);
  li.append(perche);
  return li;
}

function mostra(invii) {
  riquadro.hidden = !invii.length;
  elenco.replaceChildren(...invii.map(voce));
  const quanti = (stato) => invii.filter((invio) => invio.stato === stato).length;
  const frasi = ['attesa', 'rivedere', 'inviata'].filter(quanti).map((stato) => frase.dataset[stato === 'inviata' ? 'inviate' : stato].replace('{n}', quanti(stato)));
  if (invii.some((invio) => invio.frase === 'accedi')) frasi.push(frase.dataset.accedi);
  frase.textContent = frasi.join(' ');
  riquadro.classList.toggle('s-ocra', quanti('attesa') > 0);
  for (const invio of invii) if (invio.stato !== 'rivedere') document.getElementById(invio.codice)?.classList.add('fatta');
}

const coda = new Coda(parole.chi, mostra);

document.addEventListener('submit', async (evento) => {
  const modulo = evento.target.closest('form[data-lp-fatto]');
  if (!modulo) return;
  evento.preventDefault();
  const { testo, foto, versione } = modulo.elements;
  const passo = evento.submitter?.value ?? 'risolvi';
  testo.required = passo === 'risolvi';
  if (!modulo.reportValidity() || modulo.dataset.inviato) return;
  modulo.dataset.inviato = 'si';
  const file = passo === 'risolvi' ? foto.files[0] : undefined;
  const li = modulo.closest('li');
  await coda.aggiungi({
    chiave: crypto.randomUUID(), url: modulo.action, codice: li.id, titolo: modulo.dataset.titolo, versione: versione.value,
    passo, testo: testo.value, foto: file ? await rimpicciolisci(file) : null,
  });
  li.querySelector('details').open = false;
  delete modulo.dataset.inviato;
  riquadro.scrollIntoView({ block: 'nearest' });
}, true);

// --- network, and what the phone keeps ---

const rete = () => { for (const segno of document.querySelectorAll('[data-lp-senza-rete]')) segno.hidden = navigator.onLine; };
window.addEventListener('online', rete);
window.addEventListener('offline', rete);

async function prepara() {
  // Somebody else has logged in on this phone: what it kept was not theirs.
  const prima = localStorage.getItem('lp-campo-chi');
  if (prima && prima !== parole.chi) await dimentica();
  localStorage.setItem('lp-campo-chi', parole.chi);
  if (vicini.querySelector('ol')) await tieniUltima();
  else if (!navigator.onLine) await mostraUltima(parole.caduta);
  await coda.racconta();
  coda.manda();
  if (!('serviceWorker' in navigator)) return;
  const { active } = await navigator.serviceWorker.register(parole.operaio, { scope: PAGINA }).then(() => navigator.serviceWorker.ready);
  const pezzi = performance.getEntriesByType('resource').map(({ name }) => new URL(name)).filter((url) => url.pathname.startsWith('/static/'));
  active.postMessage({ tieni: [PAGINA, ...new Set(pezzi.map((url) => url.href))] });
}

rete();
avviaPosizione(radice.querySelector('[data-lp-qui]'));
prepara();
