// node misura.mjs CHROMIUM URL…: the four scores of each page, its weight in bytes and its layout shift, as JSON.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const [chromium, ...indirizzi] = process.argv.slice(2);
const chrome = await launch({
  chromePath: chromium,
  chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const esito = {};
// A first load sometimes ends before Chromium has told what it measured: a score that is missing is asked for again.
const misura = async (url, volte = 3) => {
  const { lhr } = await lighthouse(url, { port: chrome.port, logLevel: 'error' });
  const manca = Object.values(lhr.categories).some(({ score }) => score === null);
  return manca && volte > 1 ? misura(url, volte - 1) : lhr;
};
try {
  for (const url of indirizzi) {
    const lhr = await misura(url);
    const punti = Object.fromEntries(Object.entries(lhr.categories).map(([nome, { score }]) => [nome, score === null ? null : Math.round(score * 100)]));
    const mancati = Object.values(lhr.audits)
      .filter(({ score, scoreDisplayMode }) => score !== null && score < 1 && scoreDisplayMode === 'binary')
      .map(({ id }) => id);
    esito[new URL(url).pathname] = {
      ...punti,
      byte: lhr.audits['total-byte-weight']?.numericValue,
      spostamenti: lhr.audits['cumulative-layout-shift'].numericValue,
      richieste: lhr.audits['network-requests'].details.items.map(({ url: quale, transferSize }) => [new URL(quale).pathname, transferSize]),
      mancati,
    };
  }
} finally {
  await chrome.kill();
}
console.log(JSON.stringify(esito));
