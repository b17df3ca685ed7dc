// textarea[data-lp-menziona]: after an @ the colleagues whose name begins so, to be chosen by keyboard or pointer
// Their names are those of the list beside it, select[data-lp-colleghi], which then is not needed. The field stays what
// it is, a text of many lines (ARIA allows no combobox there): how many were found is said by a live region.
const PAROLA = /(?:^|[^\w.+-])@([\w.'’-]*)$/;
const TANTI = 8;

export function avviaMenzioni(pagina) {
  for (const campo of pagina.querySelectorAll('textarea[data-lp-menziona]')) {
    const scelta = campo.form.querySelector('select[data-lp-colleghi]');
    if (scelta) avvia(campo, scelta);
  }
}

function avvia(campo, scelta) {
  const colleghi = [...scelta.options].filter((voce) => voce.value).map((voce) => ({ nome: voce.value, parole: voce.textContent }));
  scelta.closest('.form-group').hidden = true;
  const elenco = document.createElement('ul');
  Object.assign(elenco, { id: `${campo.id}-colleghi`, hidden: true, className: 'lp-menzioni' });
  elenco.setAttribute('role', 'listbox');
  elenco.setAttribute('aria-label', scelta.labels[0].textContent.trim());
  campo.after(elenco);
  for (const [nome, valore] of [['aria-autocomplete', 'list'], ['aria-haspopup', 'listbox'], ['aria-controls', elenco.id], ['autocomplete', 'off']]) campo.setAttribute(nome, valore);
  const detto = document.createElement('p');
  detto.className = 'visually-hidden';
  detto.setAttribute('role', 'status');
  elenco.after(detto);
  let qui = 0;

  const chiudi = () => { elenco.hidden = true; detto.textContent = ''; campo.removeAttribute('aria-activedescendant'); };
  const segna = (n) => {
    const voci = [...elenco.children];
    qui = (n + voci.length) % voci.length;
    voci.forEach((voce, i) => voce.setAttribute('aria-selected', String(i === qui)));
    campo.setAttribute('aria-activedescendant', voci[qui].id);
    voci[qui].scrollIntoView({ block: 'nearest' });
  };
  const apri = () => {
    const scritto = campo.value.slice(0, campo.selectionStart).match(PAROLA)?.[1].toLowerCase();
    const trovati = scritto === undefined ? [] : colleghi.filter(({ nome, parole }) => nome.split('.').some((pezzo) => pezzo.startsWith(scritto)) || nome.startsWith(scritto) || parole.toLowerCase().startsWith(scritto)).slice(0, TANTI);
    if (!trovati.length) return chiudi();
    elenco.replaceChildren(...trovati.map(({ nome, parole }, i) => {
      const voce = document.createElement('li');
      Object.assign(voce, { id: `${elenco.id}-${i}`, textContent: parole });
      voce.setAttribute('role', 'option');
      voce.dataset.nome = nome;
      return voce;
    }));
    elenco.hidden = false;
    detto.textContent = `${trovati.length === 1 ? 'Un collega' : `${trovati.length} colleghi`}: frecce per scegliere, Invio per scrivere il nome.`;
    return segna(0);
  };
  const metti = (voce) => {
    const fine = campo.selectionStart;
    const inizio = campo.value.slice(0, fine).lastIndexOf('@');
    campo.setRangeText(`@${voce.dataset.nome} `, inizio, fine, 'end');
    chiudi();
    campo.focus();
  };

  campo.addEventListener('input', apri);
  campo.addEventListener('blur', chiudi);
  elenco.addEventListener('mousedown', (evento) => { evento.preventDefault(); const voce = evento.target.closest('li'); if (voce) metti(voce); });
  campo.addEventListener('keydown', (evento) => {
    if (elenco.hidden || evento.isComposing) return;
    const fai = { ArrowDown: () => segna(qui + 1), ArrowUp: () => segna(qui - 1), Enter: () => metti(elenco.children[qui]), Tab: () => metti(elenco.children[qui]), Escape: chiudi }[evento.key];
    if (!fai) return;
    evento.preventDefault();
    fai();
  });
}
