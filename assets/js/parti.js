// Parts of a page fetched from the server: the same renderer as the page itself. A part that does not come changes
// nothing: the form still works without it.
let attese = new Map();

// Resolves to the HTML, or to null when it failed or a later question to the same address overtook it.
export async function chiedi(indirizzo, { modulo, dati } = {}) {
  const chiave = indirizzo.split('?')[0];
  attese.get(chiave)?.abort();
  const mia = new AbortController();
  attese.set(chiave, mia);
  const richiesta = { signal: mia.signal, credentials: 'same-origin' };
  if (dati) {
    richiesta.method = 'POST';
    richiesta.body = dati;
    richiesta.headers = { 'X-CSRFToken': modulo.elements.csrfmiddlewaretoken.value };
  }
  try {
    const risposta = await fetch(indirizzo, richiesta);
    return risposta.ok ? await risposta.text() : null;
  } catch {
    return null;
  }
}

// Calls `fa` once nothing has happened for `ms`.
export function dopo(ms, fa) {
  let attesa;
  return () => {
    clearTimeout(attesa);
    attesa = setTimeout(fa, ms);
  };
}
