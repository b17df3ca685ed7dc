// Who else is at this case now. The socket says only that it has changed; names come from the desk's own door.
//   [data-lp-presenti="/…/presenti/"]    where they stand, inside the root of diretta.js
const BATTITO = 15_000; // ms between two words that the page is still open; the server forgets after 40 s
const SCRIVE_PER = 8_000; // ms after the last key
const RIGUARDA = 45_000; // ms: who went away without a word has been forgotten by then

export function avviaPresenza(pagina) {
  const dove = pagina.querySelector('[data-lp-presenti]');
  const radice = dove?.closest('[data-lp-diretta-socket]');
  if (!radice) return;
  let filo;
  let detto = '';
  let scriveFino = 0;
  let orologio;

  const di = () => {
    if (filo?.readyState !== WebSocket.OPEN) return;
    detto = Date.now() < scriveFino ? 'scrive' : 'guarda';
    filo.send(JSON.stringify({ qui: detto }));
  };
  const guarda = async () => {
    clearTimeout(orologio);
    try {
      const risposta = await fetch(dove.dataset.lpPresenti, { cache: 'no-store' });
      const html = await risposta.text();
      if (!risposta.ok || risposta.redirected) return;
      const nuovi = new DOMParser().parseFromString(html, 'text/html').body;
      // A live region speaks when it changes: the same names twice are said once.
      if (nuovi.textContent.trim() !== dove.textContent.trim()) dove.replaceChildren(...nuovi.childNodes);
    } catch { /* without network nobody is seen: the page goes on */ }
    if (dove.childElementCount) orologio = setTimeout(guarda, RIGUARDA);
  };

  radice.addEventListener('lp:parola', ({ detail }) => {
    if (detail.filo !== filo) {
      filo = detail.filo;
      filo.addEventListener('close', () => { if (filo === detail.filo) dove.replaceChildren(); });
      di();
      guarda();
    } else if (detail.parola.presenti) guarda();
  });
  radice.addEventListener('input', () => {
    scriveFino = Date.now() + SCRIVE_PER;
    if (detto !== 'scrive') di();
  });
  setInterval(() => { if (detto === 'scrive' && Date.now() > scriveFino) di(); }, 2_000);
  setInterval(di, BATTITO);
}
