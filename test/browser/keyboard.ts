import type { Page as Tab } from 'playwright-core';

/** What the Tab key reaches. Controls are told by a number in the order of the page. */
interface Tabbing {
  readonly wanted: readonly string[];
  readonly reached: readonly string[];
  /** Controls whose focus cannot be seen. */
  readonly unseen: readonly string[];
}

/** Numbers the controls that Tab must reach: of radio buttons with one name only the checked or the first. */
const MARK = `(() => {
  const groups = new Set();
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')];
  return all.filter((one) => one.checkVisibility()).filter((one) => {
    if (one.type !== 'radio') return true;
    const group = [...one.form.elements].filter(({ name }) => name === one.name);
    const [stop = group[0]] = group.filter(({ checked }) => checked);
    return one === stop;
  }).map((one, place) => one.dataset.place = place + ' ' + one.tagName);
})()`;

const FOCUSED = `(() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return { place: document.activeElement.dataset.place ?? null,
    seen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 };
})()`;

/** A date is one control in which Tab stops several times: month, day, year and calendar. */
const PARTS_OF_A_DATE = 4;

/** Presses Tab until the page is left. */
export async function tabbing(tab: Tab): Promise<Tabbing> {
  const wanted = (await tab.evaluate(MARK)) as string[];
  const reached: string[] = [];
  const unseen: string[] = [];
  for (let presses = 0; presses <= wanted.length + PARTS_OF_A_DATE; presses += 1) {
    await tab.keyboard.press('Tab');
    const { place, seen } = (await tab.evaluate(FOCUSED)) as { place: string | null; seen: boolean };
    if (place === null || reached.slice(0, -1).includes(place)) {
      break;
    }
    if (reached.at(-1) === place) {
      continue;
    }
    reached.push(place);
    if (!seen) {
      unseen.push(place);
    }
  }
  return { wanted, reached, unseen };
}

interface Expected {
  readonly place: string;
  /** The hidden fields of its form, which only that form sends. */
  readonly hidden: string;
}

/** Fields and buttons that Enter sends, with their forms. A text of several lines takes Enter itself. */
const FIELDS = `[...document.forms].filter((form) => form.checkVisibility()).flatMap((form) => {
  form.noValidate = true;
  const hidden = new URLSearchParams([...form.elements].filter(({ type }) => type === 'hidden').map(({ name, value }) => [name, value])).toString();
  return [...form.elements].filter(({ type, tagName }) => tagName === 'BUTTON' || ['text', 'radio', 'checkbox'].includes(type))
    .map((one, place) => ({ place: one.dataset.field = hidden.slice(0, 40) + place, hidden }));
})`;

/** Presses Enter in every field and on every button. Returns those that do not send their own form, once. */
export async function enterSubmits(tab: Tab, url: string): Promise<string[]> {
  const sent: string[] = [];
  // A form that filters is sent with GET, so its address has other fields after the question mark.
  const { origin, pathname } = new URL(url);
  const same = (one: URL) => one.origin === origin && one.pathname === pathname;
  // An answer without content leaves the page as it is.
  await tab.route(same, async (route) => {
    const request = route.request();
    sent.push(`${request.method()} ${request.postData() ?? new URL(request.url()).search}`);
    await route.fulfill({ status: 204 });
  });
  const wrong: string[] = [];
  for (const { place, hidden } of (await tab.evaluate(FIELDS)) as Expected[]) {
    sent.length = 0;
    await tab.focus(`[data-field="${place}"]`);
    const done = tab.waitForResponse((one) => same(new URL(one.url())), { timeout: 2_000 }).catch(() => null);
    await tab.keyboard.press('Enter');
    await done;
    const fits = sent.length === 1 && hidden.split('&').every((one) => sent[0]?.includes(one));
    if (!fits) {
      wrong.push(`${place}: ${sent.join(' then ') || 'nothing'}`);
    }
  }
  await tab.unroute(same);
  return wrong;
}
