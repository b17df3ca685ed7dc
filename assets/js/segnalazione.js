// The page of one case: live, with its small map.
import { avviaDiretta } from './diretta.js';
import { avviaMappaPunto } from './mappa-punto.js';
import { avviaUnaVolta } from './una-volta.js';

document.addEventListener('lp:cambiata', ({ target }) => {
  avviaUnaVolta(target);
  avviaMappaPunto(target);
});
avviaDiretta(document);
avviaMappaPunto(document);
