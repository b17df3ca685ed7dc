// What every page of the desk gets.
import { avviaTasti } from './scrivania-tasti.js';

avviaTasti(document);
