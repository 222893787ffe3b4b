import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Usual paths of the browser. CHROMIUM overrides them. */
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The Chromium of this machine, started. Throws if there is none. */
export async function startChromium(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? BROWSERS.find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error('This needs Chromium: apt install chromium, or set CHROMIUM to its path.');
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
