// What every page gets: small upgrades of markup that already works without them. One hook, one function.
import { avviaChiarezza } from './chiarezza.js';
import { avviaErrori } from './errori.js';
import { avviaEsci } from './esci.js';
import { avviaMenu } from './menu.js';
import { avviaUnaVolta } from './una-volta.js';

avviaChiarezza(document);
avviaErrori(document);
avviaEsci(document);
avviaMenu(document);
avviaUnaVolta(document);
