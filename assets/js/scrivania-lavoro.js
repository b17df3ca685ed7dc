// The page of a work on many cases: it changes while the work goes on.
import { avviaDiretta } from './diretta.js';

avviaDiretta(document);
