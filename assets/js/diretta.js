// A page that changes by itself. The socket says only "this is now version n"; the parts come from the server again,
// as the HTML of an ordinary address, so there is one renderer and one check of who may see.
//
// Hooks, in the page:
//   [data-lp-diretta-socket="/ws/…/"]      the root; one per live thing
//     data-lp-diretta-frammento="/…/"      where its parts are fetched from (query string included)
//     data-lp-diretta-versione="7"         the version shown; 0 = no versions, every word of the socket means "look again"
//     data-lp-diretta-segno='"…"'          ETag of what is shown, if the server gives one: what is the same costs a 304
//   [data-lp-diretta-pezzo]#id             a part: replaced by the part with the same id, wherever in the page it stands
//     [data-lp-diretta-tieni]              inside a part: leave it alone, it holds words that were sent and came back
//     [data-lp-diretta-fermo] (hidden)     inside a part: shown when the part was left alone because somebody writes in it
//   [data-lp-diretta]                      the mark (components/diretta.html), anywhere in the page
//   [data-lp-annuncio]                     the live region (components/annuncio.html), outside every part
// In the fragment: one element with data-lp-diretta-versione, the sentence to announce in data-lp-diretta-frase, and
// the parts. A part that was replaced sends "lp:cambiata" (it bubbles): whoever upgrades markup upgrades it again.
//
// What a person is writing is never replaced; focus and open <details> (by id) survive. A lost socket becomes a poll,
// said by the mark; a tab nobody sees does nothing, and looks once when it is seen again.

const PRIMO_CONTROLLO = 15_000; // ms after the socket was lost
const ALTRI_CONTROLLI = 60_000;
const CON_IL_FILO = 300_000; // ms: a word may be lost between server and socket; a look now and then costs a 304
const RITENTA = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000]; // ms between attempts, each up to half as long again
const NON_C_E_PIU = new Set([403, 404, 410]);

export function avviaDiretta(pagina) {
  for (const radice of pagina.querySelectorAll('[data-lp-diretta-socket]')) new Diretta(radice).riprendi();
}

class Diretta {
  constructor(radice) {
    this.radice = radice;
    this.frammento = radice.dataset.lpDirettaFrammento;
    this.versione = Number(radice.dataset.lpDirettaVersione);
    this.segno = radice.dataset.lpDirettaSegno ?? '';
    this.fonti = new Map([...document.querySelectorAll('[data-lp-diretta-pezzo]')].map((pezzo) => [pezzo.id, nudo(pezzo)]));
    this.ferma = true;
    this.tentativi = 0;
    document.addEventListener('visibilitychange', () => (document.hidden ? this.smetti() : this.riprendi()));
    window.addEventListener('pagehide', () => this.smetti());
    window.addEventListener('pageshow', (evento) => { if (evento.persisted) this.riprendi(); });
    window.addEventListener('online', () => { if (!this.ferma && !this.viva) this.apri(); });
  }

  // --- seen and not seen ---

  riprendi() {
    if (!this.ferma || document.hidden) return;
    this.ferma = false;
    if (this.gia) this.aggiorna();
    this.gia = true;
    this.apri();
  }

  smetti() {
    this.ferma = true;
    clearTimeout(this.orologio);
    clearTimeout(this.prossimo);
    this.orologio = undefined;
    this.lascia();
  }

  lascia() {
    const socket = this.socket;
    this.socket = undefined;
    this.viva = false;
    // Closed while it is still opening, the browser would complain aloud: it is let in, then leaves.
    if (socket?.readyState === WebSocket.CONNECTING) socket.addEventListener('open', () => socket.close());
    else socket?.close();
  }

  // --- the socket ---

  apri() {
    this.lascia();
    clearTimeout(this.prossimo);
    const dove = new URL(this.radice.dataset.lpDirettaSocket, location.href);
    dove.protocol = dove.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(dove);
    this.socket = socket;
    socket.addEventListener('message', ({ data }) => { if (socket === this.socket) this.senti(JSON.parse(data)); });
    socket.addEventListener('close', () => { if (socket === this.socket) this.persa(); });
  }

  // Words that are not about a version are for who listens to the root: "lp:parola", with the socket to answer by.
  senti(parola) {
    if (parola.versione !== undefined) this.ascolta(parola.versione);
    this.radice.dispatchEvent(new CustomEvent('lp:parola', { detail: { parola, filo: this.socket } }));
  }

  ascolta(versione) {
    this.viva = true;
    this.tentativi = 0;
    clearTimeout(this.orologio);
    this.orologio = setTimeout(() => this.controlla(), CON_IL_FILO);
    this.segna('viva');
    if (versione === 0 || versione > this.versione) this.aggiorna();
  }

  persa() {
    if (this.viva) clearTimeout(this.orologio);
    if (this.viva || !this.orologio) this.orologio = setTimeout(() => this.controlla(), PRIMO_CONTROLLO);
    this.viva = false;
    this.socket = undefined;
    this.segna('persa');
    const attesa = RITENTA[Math.min(this.tentativi++, RITENTA.length - 1)];
    this.prossimo = setTimeout(() => this.apri(), attesa * (1 + Math.random() / 2));
  }

  controlla() {
    this.orologio = setTimeout(() => this.controlla(), this.viva ? CON_IL_FILO : ALTRI_CONTROLLI);
    this.aggiorna();
  }

  segna(come) {
    this.come = come;
    for (const segno of document.querySelectorAll('[data-lp-diretta]')) {
      segno.hidden = false;
      segno.classList.toggle('persa', come === 'persa');
      segno.textContent = segno.dataset[come];
    }
  }

  // --- the parts ---

  // Ten words in a row are one question, and one more when it is answered: nothing said in the meantime is missed.
  async aggiorna() {
    if (this.inVolo) {
      this.ancora = true;
      return;
    }
    this.inVolo = true;
    do {
      this.ancora = false;
      await this.chiedi();
    } while (this.ancora && !this.ferma);
    this.inVolo = false;
  }

  async chiedi() {
    try {
      const headers = this.segno ? { 'If-None-Match': this.segno } : {};
      const risposta = await fetch(this.frammento, { headers, cache: 'no-store' });
      const html = await risposta.text(); // read also when it is empty: a body left unread counts as a failed request
      if (NON_C_E_PIU.has(risposta.status)) this.finita();
      else if (risposta.status === 200) this.mostra(html, risposta.headers.get('ETag') ?? '');
    } catch {
      // The network is down: the next control or the next socket finds out what was missed.
    }
  }

  // The thing is no longer there for this visitor: the page says so itself, unless words would be lost.
  finita() {
    this.smetti();
    if (![...document.querySelectorAll('[data-lp-diretta-pezzo]')].some(inUso)) location.reload();
  }

  mostra(html, segno) {
    const nuovo = new DOMParser().parseFromString(html, 'text/html').querySelector('[data-lp-diretta-versione]');
    if (!nuovo) return;
    const versione = Number(nuovo.dataset.lpDirettaVersione);
    if (versione < this.versione) return;
    const tutti = [...nuovo.querySelectorAll('[data-lp-diretta-pezzo]')].map((pezzo) => this.sostituisci(pezzo));
    const cambiata = versione > this.versione || (versione === 0 && tutti.includes(true));
    this.versione = versione;
    // A part that was left alone is looked at again next time.
    this.segno = tutti.includes(null) ? '' : segno;
    this.segna(this.come ?? 'viva');
    if (cambiata) annuncia(nuovo.dataset.lpDirettaFrase);
  }

  // true: replaced; false: it was the same; null: left alone.
  sostituisci(nuovo) {
    const vecchio = document.getElementById(nuovo.id);
    const fonte = nudo(nuovo);
    if (!vecchio || this.fonti.get(nuovo.id) === fonte) return false;
    if (inUso(vecchio)) {
      for (const nota of vecchio.querySelectorAll('[data-lp-diretta-fermo]')) nota.hidden = false;
      return null;
    }
    const rimetti = ricorda(vecchio);
    const pezzo = document.importNode(nuovo, true);
    vecchio.replaceWith(pezzo);
    this.fonti.set(pezzo.id, fonte);
    rimetti(pezzo);
    pezzo.dispatchEvent(new CustomEvent('lp:cambiata', { bubbles: true }));
    return true;
  }
}

// The markup of a part without what differs at each writing: the secret of its forms.
function nudo(pezzo) {
  const copia = pezzo.cloneNode(true);
  for (const segreto of copia.querySelectorAll('[name="csrfmiddlewaretoken"]')) segreto.remove();
  return copia.outerHTML;
}

// Is somebody writing here? A field with the cursor in it, or one that is no longer as it came, or words sent back.
function inUso(pezzo) {
  if (pezzo.querySelector('[data-lp-diretta-tieni]')) return true;
  return [...pezzo.querySelectorAll('textarea, select, input:not([type="hidden"])')].some((campo) => campo === document.activeElement || toccato(campo));
}

function toccato(campo) {
  if (campo.type === 'file') return campo.files.length > 0;
  if (campo.type === 'checkbox' || campo.type === 'radio') return campo.checked !== campo.defaultChecked;
  if (campo.tagName === 'SELECT') return [...campo.options].some((voce) => voce.selected !== voce.defaultSelected) && campo.selectedIndex > 0;
  return campo.value !== campo.defaultValue;
}

// Gives back the focus and the open <details> to what takes the place of `vecchio`.
function ricorda(vecchio) {
  const aperti = [...vecchio.querySelectorAll('details[open][id]')].map((uno) => uno.id);
  const attivo = vecchio.contains(document.activeElement) ? document.activeElement : null;
  const come = attivo && impronta(attivo);
  return (pezzo) => {
    for (const uno of pezzo.querySelectorAll('details[id]')) if (aperti.includes(uno.id)) uno.open = true;
    if (!attivo) return;
    const stesso = [...pezzo.querySelectorAll(attivo.tagName)].find((uno) => impronta(uno) === come);
    if (!stesso) pezzo.tabIndex = -1;
    (stesso ?? pezzo).focus({ preventScroll: true });
  };
}

function impronta(elemento) {
  return elemento.id || [elemento.getAttribute('href'), elemento.getAttribute('name'), elemento.getAttribute('value'), elemento.textContent.trim()].join('|');
}

// A live region speaks when its text changes: the same sentence twice has to be taken away in between.
function annuncia(frase) {
  const regione = document.querySelector('[data-lp-annuncio]');
  if (!regione || !frase) return;
  regione.textContent = '';
  setTimeout(() => { regione.textContent = frase; }, 100);
}
