// [data-lp-stampa]: the browser's own print window, which also saves a PDF.
for (const bottone of document.querySelectorAll('[data-lp-stampa]')) {
  bottone.hidden = false;
  bottone.addEventListener('click', () => window.print());
}
