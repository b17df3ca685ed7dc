// Logging out forgets what the pages of the street keep on the phone; what has not left yet is asked about first.
export function avviaEsci(pagina) {
  for (const modulo of pagina.querySelectorAll('form[action$="/logout/"]')) {
    modulo.addEventListener('submit', (evento) => {
      if (modulo.dataset.dimenticato || !localStorage.getItem('lp-campo-chi')) return;
      evento.preventDefault();
      esci(modulo);
    });
  }
}

async function esci(modulo) {
  const { dimentica, inAttesa } = await import('./coda-campo.js');
  const restano = await inAttesa().catch(() => 0);
  if (restano && modulo.dataset.restano && !window.confirm(modulo.dataset.restano)) return;
  await dimentica();
  localStorage.removeItem('lp-campo-chi');
  for (const operaio of await navigator.serviceWorker?.getRegistrations() ?? []) if (operaio.scope.endsWith('/scrivania/campo/')) await operaio.unregister();
  modulo.dataset.dimenticato = 'si';
  modulo.submit();
}
