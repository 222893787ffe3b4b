import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page as Tab } from 'playwright-core';

/** A screen on which pages are looked at. Zoom makes a page's screen narrower, as in a browser. */
export interface Screen {
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
  /** What axe looks at: a page in the dark differs in its colours alone, and one at 200 % is a narrow one. */
  readonly axe: 'everything' | 'colours' | 'nothing';
}

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };

/** The screens of people. At 200 % a page has half of each. */
export const SCREENS: Readonly<Record<string, Screen>> = {
  'a phone': { ...PHONE, scheme: 'light', axe: 'everything' },
  'a phone in the dark': { ...PHONE, scheme: 'dark', axe: 'colours' },
  'a desk in the dark': { ...DESK, scheme: 'dark', axe: 'colours' },
  'a desk': { ...DESK, scheme: 'light', axe: 'everything' },
  'a desk at 200 %': { width: 640, height: 450, scheme: 'light', axe: 'nothing' },
  'a phone at 200 %': { width: 195, height: 422, scheme: 'light', axe: 'nothing' },
};

/** A form's fields, and the lower end of its first button in pixels from the top of the page. */
interface MeasuredForm {
  readonly fields: readonly string[];
  /** True in a part of the page that is folded away. */
  readonly folded: boolean;
  readonly bottom: number;
}

/** What a screen shows of a page. */
interface Measured {
  /** Shortened key ids that are broken across lines. */
  readonly broken: readonly string[];
  /** Elements that end right of the screen, if it scrolls sideways. */
  readonly wider: readonly string[];
  readonly buttons: readonly MeasuredForm[];
  /** True for a page that refuses an answer. */
  readonly refuses: boolean;
}

const MEASURE = readFileSync(join(import.meta.dirname, 'measure.js'), 'utf8');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RUN_AXE = {
  everything: runAxe('{}'),
  colours: runAxe("{ runOnly: ['color-contrast'] }"),
} as const;

function runAxe(options: string): string {
  return `axe.run({ resultTypes: ['violations'], ...${options} }).then(({ violations }) => violations.flatMap(
  ({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 120) + ' ' + failureSummary)))`;
}

/** Gives a tab this screen. Pages follow at once, because only their style depends on it. */
export async function turnTo(tab: Tab, { width, height, scheme }: Screen): Promise<void> {
  await tab.setViewportSize({ width, height });
  await tab.emulateMedia({ colorScheme: scheme });
}

function measure(tab: Tab): Promise<Measured> {
  return tab.evaluate(MEASURE) as Promise<Measured>;
}

/** What axe finds, a line for each place. */
async function accessibility(tab: Tab, look: Screen['axe']): Promise<readonly string[]> {
  if (look === 'nothing') {
    return [];
  }
  if (!(await tab.evaluate("typeof axe === 'object'"))) {
    await tab.evaluate(AXE);
  }
  return (await tab.evaluate(RUN_AXE[look])) as string[];
}

/** A tab in a context of its own: no cookies, no history, and as pages have no scripts, none unless said. */
export async function openTab(browser: Browser, scripts = false): Promise<Tab> {
  const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: PHONE });
  return context.newPage();
}

/**
 * Lower ends of the first button on a phone: within the first screen to undo, within one and a half to decide. A page that
 * refuses an answer begins with the mistakes, each of which leads to its field.
 */
const TO_UNDO = 844;
const TO_DECIDE = 1_266;
const LARGEST_PAGE = 30_000;

/** The form's limit on a phone, by what it does; null for one that neither undoes nor decides. */
function limitOf({ fields }: MeasuredForm): number | null {
  const undoes = ['back', 'restore', 'key'].some((field) => fields.includes(field));
  const decides = ['keep', 'verdict'].some((field) => fields.includes(field));
  // A concern names a key, too, and is a text to write at leisure.
  return fields.includes('impact') ? null : undoes ? TO_UNDO : decides ? TO_DECIDE : null;
}

/** Everything wrong with the page that a tab shows, on every screen, a line for each place. */
export async function faultsOf(tab: Tab, markup: string): Promise<string[]> {
  const size = Buffer.byteLength(markup);
  const faults = size < LARGEST_PAGE ? [] : [`it has ${size} bytes`];
  for (const [name, screen] of Object.entries(SCREENS)) {
    await turnTo(tab, screen);
    const { broken, wider, buttons, refuses } = await measure(tab);
    const first = buttons.find(({ folded }) => !folded);
    const limit = first === undefined || screen.width !== PHONE.width || refuses ? null : limitOf(first);
    const low =
      limit === null || (first?.bottom ?? 0) <= limit ? [] : [`button at ${first?.bottom}, not ${limit}`];
    const axe = await accessibility(tab, screen.axe);
    const found = [
      ...broken.map((id) => `broken: ${id}`),
      ...wider.map((one) => `too wide: ${one}`),
      ...low,
      ...axe,
    ];
    faults.push(...found.map((fault) => `on ${name}: ${fault}`));
  }
  return faults;
}
