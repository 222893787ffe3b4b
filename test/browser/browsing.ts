import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page as Tab } from 'playwright-core';

/** A screen on which pages are looked at. Zoom makes a page's screen narrower, as in a browser. */
export interface Screen {
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
  /** True where axe looks too, which takes a third of a second and sees the same at other sizes. */
  readonly axe: boolean;
}

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };

/** The screens of people. At 200 % a page has half of each. */
export const SCREENS: Readonly<Record<string, Screen>> = {
  'phone, light': { ...PHONE, scheme: 'light', axe: true },
  'phone, dark': { ...PHONE, scheme: 'dark', axe: true },
  'desk, light': { ...DESK, scheme: 'light', axe: true },
  'desk, dark': { ...DESK, scheme: 'dark', axe: true },
  'desk at 200 %': { width: 640, height: 450, scheme: 'light', axe: false },
  'phone at 200 %': { width: 195, height: 422, scheme: 'light', axe: false },
};

/** A form's fields, and the lower end of its first button in pixels from the top of the page. */
export interface MeasuredForm {
  readonly fields: readonly string[];
  /** True in a part of the page that is folded away. */
  readonly folded: boolean;
  readonly bottom: number;
}

/** What a screen shows of a page. */
export interface Measured {
  /** Texts that the markup keeps in one line and that are in several. */
  readonly broken: readonly string[];
  /** Key ids anywhere that are broken across lines. */
  readonly inSentences: readonly string[];
  readonly scrolls: boolean;
  /** Elements that end right of the screen. */
  readonly wider: readonly string[];
  readonly buttons: readonly MeasuredForm[];
}

const MEASURE = readFileSync(join(import.meta.dirname, 'measure.js'), 'utf8');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RUN_AXE = `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(
  ({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 120) + ' ' + failureSummary)))`;

export function contextFor(
  browser: Browser,
  { width, height, scheme }: Pick<Screen, 'width' | 'height' | 'scheme'>,
  scripts = true,
) {
  return browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    javaScriptEnabled: scripts,
  });
}

export function measure(tab: Tab): Promise<Measured> {
  return tab.evaluate(MEASURE) as Promise<Measured>;
}

/** What axe finds, a line for each place. */
export async function accessibility(tab: Tab): Promise<string[]> {
  await tab.evaluate(AXE);
  return (await tab.evaluate(RUN_AXE)) as string[];
}

/** Works with a tab of its own, and closes it. */
export async function inTab<T>(context: BrowserContext, work: (tab: Tab) => Promise<T>): Promise<T> {
  const tab = await context.newPage();
  try {
    return await work(tab);
  } finally {
    await tab.close();
  }
}
