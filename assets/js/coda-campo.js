// What was done in the street and has not arrived yet: words and photo stay on this phone (IndexedDB) and are sent
// again with the same key until the server answers. The server does each key once.
const NOME = 'lp-campo';
const RIPROVA = 20_000; // ms between two tries while something waits
const LATO = 1_600; // pixels of the longest side: a photo of a phone is ten times what a poor network carries

let base;

function apri() {
  base ??= new Promise((bene, male) => {
    const richiesta = indexedDB.open(NOME, 1);
    richiesta.onupgradeneeded = () => richiesta.result.createObjectStore('invii', { keyPath: 'chiave' });
    richiesta.onsuccess = () => bene(richiesta.result);
    richiesta.onerror = () => male(richiesta.error);
  });
  return base;
}

async function nel(modo, fai) {
  const magazzino = (await apri()).transaction('invii', modo).objectStore('invii');
  const richiesta = fai(magazzino);
  return new Promise((bene, male) => {
    richiesta.onsuccess = () => bene(richiesta.result);
    richiesta.onerror = () => male(richiesta.error);
  });
}

const tutti = async () => (await nel('readonly', (m) => m.getAll())).sort((a, b) => a.quando - b.quando);
const tieni = (invio) => nel('readwrite', (m) => m.put(invio));
const togli = (chiave) => nel('readwrite', (m) => m.delete(chiave));

// Smaller, and without the position that the phone writes into it; the server cleans it again in any case.
export async function rimpicciolisci(file) {
  try {
    const figura = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scala = Math.min(1, LATO / Math.max(figura.width, figura.height));
    const tela = Object.assign(document.createElement('canvas'), { width: Math.round(figura.width * scala), height: Math.round(figura.height * scala) });
    tela.getContext('2d').drawImage(figura, 0, 0, tela.width, tela.height);
    return (await new Promise((bene) => tela.toBlob(bene, 'image/jpeg', 0.85))) ?? file;
  } catch {
    return file; // a format that this browser cannot draw goes as it is
  }
}

export class Coda {
  // cambiata(invii): called whenever the list is another one.
  constructor(chi, cambiata) {
    this.chi = chi;
    this.cambiata = cambiata;
    this.inVolo = false;
    window.addEventListener('online', () => this.manda());
    setInterval(() => this.manda(), RIPROVA);
  }

  async miei() { return (await tutti()).filter((invio) => invio.chi === this.chi); }

  async racconta() { this.cambiata(await this.miei()); }

  async aggiungi(invio) {
    await tieni({ ...invio, chi: this.chi, quando: Date.now(), stato: 'attesa', frase: '' });
    await this.racconta();
    await this.manda();
  }

  async togli(chiave) {
    await togli(chiave);
    await this.racconta();
  }

  // One at a time, the oldest first: two steps of one case arrive in the order in which they were taken.
  async manda() {
    if (this.inVolo) return;
    this.inVolo = true;
    try {
      for (const invio of await this.miei()) {
        if (invio.stato !== 'attesa') continue;
        const esito = await spedisci(invio);
        if (!esito) break;
        await tieni({ ...invio, ...esito, testo: esito.stato === 'inviata' ? '' : invio.testo, foto: esito.stato === 'inviata' ? null : invio.foto });
        await this.racconta();
        if (esito.stato === 'attesa') break;
      }
    } finally {
      this.inVolo = false;
    }
  }
}

// null: no network. Otherwise what has become of it.
async function spedisci(invio) {
  const dati = new FormData();
  for (const nome of ['chiave', 'versione', 'passo', 'testo']) dati.set(nome, invio[nome]);
  if (invio.foto) dati.set('foto', invio.foto, 'dopo.jpg');
  const segreto = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? '';
  let risposta;
  try {
    risposta = await fetch(invio.url, { method: 'POST', body: dati, headers: { Accept: 'application/json', 'X-CSRFToken': segreto } });
  } catch {
    return null;
  }
  if (risposta.redirected || risposta.status === 403) return { stato: 'attesa', frase: 'accedi' };
  if (risposta.status >= 500 || risposta.status === 429) return { stato: 'attesa', frase: '' };
  if (risposta.ok) return { stato: 'inviata', frase: (await risposta.json()).frase };
  const parole = await risposta.json().catch(() => ({ frase: '' }));
  return { stato: 'rivedere', frase: parole.frase, pagina: parole.url ?? '' };
}

// At logout nothing of the cases stays on the phone.
export async function dimentica() {
  (await apri().catch(() => null))?.close();
  base = undefined;
  await Promise.allSettled([caches.delete(NOME), new Promise((fatto) => { const r = indexedDB.deleteDatabase(NOME); r.onsuccess = r.onerror = r.onblocked = fatto; })]);
}

export const inAttesa = async () => (await tutti()).filter((invio) => invio.stato !== 'inviata').length;
