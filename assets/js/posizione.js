// [data-lp-posizione]: the position of the device, asked only when pressed. What goes wrong is said, not shouted.
const PRECISA = 60; // metres: a wider circle wants a look

export function avviaPosizione(modulo, { metti }) {
  const bottone = modulo.querySelector('[data-lp-posizione]');
  const dice = modulo.querySelector('[data-lp-posizione-dice]');
  if (!('geolocation' in navigator)) {
    bottone.hidden = true;
    return;
  }
  const di = (frase) => { dice.textContent = frase; };

  bottone.addEventListener('click', () => {
    di(bottone.dataset.cerco);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        metti(coords.latitude, coords.longitude);
        const larga = bottone.dataset.larga.replace('{m}', Math.round(coords.accuracy));
        di(coords.accuracy > PRECISA ? larga : bottone.dataset.trovata);
      },
      (errore) => di(errore.code === errore.PERMISSION_DENIED ? bottone.dataset.negata : bottone.dataset.assente),
      { enableHighAccuracy: true, timeout: 10_000, maximumAge: 30_000 },
    );
  });
}
