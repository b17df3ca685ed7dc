// [data-lp-errori]: the error summary takes the focus, also where `autofocus` on a section is not honoured.
export function avviaErrori(pagina) {
  pagina.querySelector('[data-lp-errori]')?.focus();
}
