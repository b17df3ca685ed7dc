{# The service worker of the street: the page opens without a network. No case is kept here: the last list is kept by the page (assets/js/campo.js), and all of it goes at logout. #}{% autoescape off %}const CASSETTO = 'lp-campo';
const PAGINA = '{{ pagina }}';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (evento) => evento.waitUntil(self.clients.claim()));

// The page says which styles, scripts and letters it has used: those are kept, and the page itself.
self.addEventListener('message', ({ data }) => {
  if (data?.tieni) caches.open(CASSETTO).then((cassetto) => Promise.allSettled(data.tieni.map((url) => cassetto.add(url))));
});

self.addEventListener('fetch', (evento) => {
  const { request } = evento;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate' && pathname === PAGINA) evento.respondWith(pagina(request));
  else if (pathname.startsWith('/static/')) evento.respondWith(pezzo(request));
});

async function pagina(request) {
  try {
    return await fetch(request);
  } catch (errore) {
    const tenuta = await caches.match(PAGINA);
    if (tenuta) return tenuta;
    throw errore;
  }
}

async function pezzo(request) {
  try {
    return await fetch(request);
  } catch (errore) {
    const tenuto = await caches.match(request, { ignoreSearch: true });
    if (tenuto) return tenuto;
    throw errore;
  }
}
{% endautoescape %}
