import { mkdirSync, writeFileSync } from 'node:fs';
import { startChromium } from '../../docs/pictures/chromium.ts';
import { everyState } from './states.ts';

const wanted = process.argv.slice(2);
const states = (await everyState()).filter((s) => wanted.some((w) => s.name.startsWith(w)));
const browser = await startChromium();
mkdirSync('/tmp/shots', { recursive: true });
const ctx = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
for (const s of states) {
  const r = await s.pages.fetch(new Request(`http://127.0.0.1${s.path}`));
  const html = await r.text();
  const p = await ctx.newPage();
  await p.setContent(html);
  const b = await p.evaluate("document.querySelector('form button')?.getBoundingClientRect().bottom");
  const name = s.name.replace(/[^a-z0-9]+/gi, '-');
  await p.screenshot({ path: `/tmp/shots/${name}.png`, fullPage: true });
  console.log(r.status, html.length, Math.ceil(Number(b)), s.name);
  await p.close();
}
await browser.close();
