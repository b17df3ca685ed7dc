// [data-lp-menu-apri] and [data-lp-menu-chiudi] are links to the menu and away from it (:target). Here they become
// buttons that leave the address alone; Escape closes. details[data-lp-tendina] close on Escape and on a click outside.
export function avviaMenu(pagina) {
  const apri = pagina.querySelector('[data-lp-menu-apri]');
  const menu = apri && pagina.querySelector(apri.hash);
  if (menu) avviaPrimoLivello(pagina, apri, menu);
  avviaTendine(pagina);
}

function avviaPrimoLivello(pagina, apri, menu) {
  const chiudi = menu.querySelector('[data-lp-menu-chiudi]');
  const mostra = (aperto) => {
    menu.classList.toggle('aperto', aperto);
    apri.setAttribute('aria-expanded', String(aperto));
    (aperto ? chiudi : apri).focus();
  };
  for (const legame of [apri, chiudi]) {
    legame.setAttribute('role', 'button');
    legame.addEventListener('keydown', (evento) => {
      if (evento.key !== ' ') return;
      evento.preventDefault();
      legame.click();
    });
  }
  apri.setAttribute('aria-controls', menu.id);
  apri.setAttribute('aria-expanded', 'false');
  apri.addEventListener('click', (evento) => { evento.preventDefault(); mostra(true); });
  chiudi.addEventListener('click', (evento) => { evento.preventDefault(); mostra(false); });
  pagina.addEventListener('keydown', (evento) => {
    if (evento.key === 'Escape' && menu.classList.contains('aperto')) mostra(false);
  });
}

function avviaTendine(pagina) {
  const tendine = [...pagina.querySelectorAll('details[data-lp-tendina]')];
  pagina.addEventListener('click', (evento) => {
    for (const tendina of tendine) if (!tendina.contains(evento.target)) tendina.open = false;
  });
  for (const tendina of tendine) {
    tendina.addEventListener('keydown', (evento) => {
      if (evento.key !== 'Escape' || !tendina.open) return;
      tendina.open = false;
      tendina.querySelector('summary').focus();
    });
  }
}
