/**
 * How soon a visitor sees the largest thing of a page: Chromium's largest contentful paint with an empty cache, on a
 * processor that is four times slower than this one. The tab is open before, at a text of the same shop: starting a
 * browser's process is not the page's time. Prints the median of five visits of each page, in milliseconds.
 */
import { call, origin } from './api.js';
import { launch } from './chromium.js';

const VISITS = 5, SLOWER = 4;

const [sale] = (await call('GET', '/seckill?state=live')).items;
const pages = ['/', '/search', '/c/1', '/p/1', ...(sale ? [`/sale/${sale.id}`] : [])];
const browser = await launch();
for (const width of [360, 1280]) {
  for (const path of pages) {
    const times = [];
    for (let visit = 0; visit < VISITS; visit += 1) times.push(await largestPaint(path, width));
    times.sort((a, b) => a - b);
    console.log(`${path.padEnd(12)} ${String(width).padStart(5)} px   ${Math.round(times[VISITS >> 1])} ms   (${Math.round(times[0])}–${Math.round(times[VISITS - 1])})`);
  }
}
await browser.close();

/** Milliseconds from the navigation to the last largest paint. */
async function largestPaint(path, width) {
  const context = await browser.newContext({ viewport: { width, height: 800 }, baseURL: origin });
  const page = await context.newPage();
  const chrome = await context.newCDPSession(page);
  await page.goto('/robots.txt');
  await chrome.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.goto(path);
  await page.waitForFunction(() => document.documentElement.dataset.ready === 'true');
  await page.waitForLoadState('networkidle');
  const time = await page.evaluate(() => new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true });
  }));
  await context.close();
  return time;
}
