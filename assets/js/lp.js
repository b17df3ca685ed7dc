// What every page gets: small upgrades of markup that already works without them. One hook, one function.
import { avviaErrori } from './errori.js';
import { avviaMenu } from './menu.js';
import { avviaUnaVolta } from './una-volta.js';

avviaErrori(document);
avviaMenu(document);
avviaUnaVolta(document);
