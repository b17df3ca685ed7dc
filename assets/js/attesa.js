// [data-lp-attesa="/…/"]#id: something is being prepared: the part is fetched again until it says that it is ready,
// then the page is opened anew, with its buttons. Without this script there is a link that does the same.
const OGNI = 2_000; // ms

async function guarda(pezzo) {
  try {
    const risposta = await fetch(pezzo.dataset.lpAttesa, { cache: 'no-store' });
    const nuovo = new DOMParser().parseFromString(await risposta.text(), 'text/html').getElementById(pezzo.id);
    if (!nuovo || !nuovo.dataset.lpAttesa) return location.reload();
    pezzo.replaceChildren(...nuovo.childNodes);
  } catch {
    // Without network: the next look finds out.
  }
  return setTimeout(() => guarda(pezzo), OGNI);
}

for (const pezzo of document.querySelectorAll('[data-lp-attesa]')) if (pezzo.dataset.lpAttesa) setTimeout(() => guarda(pezzo), OGNI);
