// Covering, by hand: words selected in the page are added to the field, rectangles drawn on a photo fill its numbers.
//   [data-lp-parti]           the words as everybody reads them
//   [data-lp-copri-scelte]    (hidden) the button that adds what is selected there; it stands after its <textarea>
//   [data-lp-zone]            the photo, in a box of its size; [data-lp-zone-aiuto] (hidden) says how to draw
//   [data-lp-zona]            the four numbers of one area: left, top, width, height, in per cent
const DECIMI = 10;

function avviaParole(pagina) {
  const parti = pagina.querySelector('[data-lp-parti]');
  const riga = pagina.querySelector('[data-lp-copri-scelte]');
  if (!parti || !riga) return;
  const campo = riga.closest('form').querySelector('textarea[name="frasi"]');
  riga.hidden = false;
  riga.querySelector('[data-lp-copri-aggiungi]').addEventListener('click', () => {
    const scelta = getSelection();
    const parole = parti.contains(scelta?.anchorNode) ? scelta.toString().trim().replace(/\s+/g, ' ') : '';
    if (parole) campo.value = [campo.value.trimEnd(), parole].filter(Boolean).join('\n');
    campo.focus();
  });
}

class Zone {
  constructor(cornice) {
    this.cornice = cornice;
    this.righe = [...document.querySelectorAll('[data-lp-zona]')].map((riga) => [...riga.querySelectorAll('input')]);
    this.segni = this.righe.map(() => {
      const segno = document.createElement('span');
      segno.setAttribute('aria-hidden', 'true');
      cornice.append(segno);
      return segno;
    });
    for (const campi of this.righe) for (const campo of campi) campo.addEventListener('input', () => this.disegna());
    cornice.addEventListener('pointerdown', (evento) => this.comincia(evento));
    cornice.addEventListener('pointermove', (evento) => this.tira(evento));
    cornice.addEventListener('pointerup', () => { this.da = undefined; });
    const aiuto = document.querySelector('[data-lp-zone-aiuto]');
    if (aiuto) aiuto.hidden = false;
    this.disegna();
  }

  punto({ clientX, clientY }) {
    const { left, top, width, height } = this.cornice.getBoundingClientRect();
    const entro = (valore) => Math.min(100, Math.max(0, valore * 100));
    return [entro((clientX - left) / width), entro((clientY - top) / height)];
  }

  comincia(evento) {
    this.campi = this.righe.find((campi) => campi.every((campo) => !campo.value));
    if (!this.campi) return;
    evento.preventDefault();
    this.cornice.setPointerCapture(evento.pointerId);
    this.da = this.punto(evento);
  }

  tira(evento) {
    if (!this.da) return;
    const a = this.punto(evento);
    const [x, y] = [Math.min(this.da[0], a[0]), Math.min(this.da[1], a[1])];
    const valori = [x, y, Math.abs(a[0] - this.da[0]), Math.abs(a[1] - this.da[1])];
    // Outwards: a tenth too much is better than a letter left over.
    valori.forEach((valore, n) => { this.campi[n].value = (n < 2 ? Math.floor(valore * DECIMI) : Math.ceil(valore * DECIMI)) / DECIMI; });
    this.disegna();
  }

  disegna() {
    this.righe.forEach((campi, n) => {
      const [x, y, larga, alta] = campi.map((campo) => Number(campo.value));
      Object.assign(this.segni[n].style, { left: `${x}%`, top: `${y}%`, width: `${larga}%`, height: `${alta}%` });
      this.segni[n].hidden = !(larga && alta);
    });
  }
}

avviaParole(document);
for (const cornice of document.querySelectorAll('[data-lp-zone]')) new Zone(cornice);
