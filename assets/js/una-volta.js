// form[data-lp-una-volta]: a second press while the first is on its way does nothing. The server has its own key for
// the same thing; this only spares the wait. `pageshow` frees the form when the browser brings the page back.
export function avviaUnaVolta(pagina) {
  for (const modulo of pagina.querySelectorAll('form[data-lp-una-volta]')) {
    modulo.addEventListener('submit', (evento) => {
      if (modulo.dataset.inviato) evento.preventDefault();
      modulo.dataset.inviato = 'si';
    });
    window.addEventListener('pageshow', () => { delete modulo.dataset.inviato; });
  }
}
