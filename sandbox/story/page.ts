import { type Form, filledIn, readForms } from './form.ts';

/** A page as a person has it open. It does not change by itself: forms are sent from this state. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly html: string;
  readonly forms: readonly Form[];
}

async function pageOf(url: string, answer: Response): Promise<Page> {
  const html = await answer.text();
  return { url, status: answer.status, html, forms: readForms(html) };
}

export async function openPage(url: string): Promise<Page> {
  return pageOf(url, await fetch(url));
}

/** An approver's input in the decision form. */
export interface Choice {
  readonly keep: string;
  readonly off: readonly string[];
  /** Keys deactivated by an earlier decision, which the new one must list as well. */
  readonly offAlready?: readonly string[];
  /** Ticks the box about keys in use; the page must then have one. */
  readonly inUse?: boolean;
}

const lastFour = (keyId: string): string => keyId.slice(-4);

/** Fills in and sends the decision form as a person does. Throws if the page has preselected a key. */
export function sendDecision(
  page: Page,
  { keep, off, offAlready = [], inUse = false }: Choice,
): Promise<Page> {
  const form = formWith(page, 'keep');
  const radios = form.fields.filter(({ name }) => name === 'keep');
  if (radios.some(({ checked }) => checked)) {
    throw new Error('the page had chosen a key already');
  }
  const offered = keysOffered(page);
  if (![keep, ...off].every((key) => offered.includes(key)) || offered.length !== off.length + 1) {
    throw new Error(`the page offers ${offered.join(', ')}, not ${[keep, ...off].join(', ')}`);
  }
  return send(page, form, {
    keep,
    off: [...off, ...offAlready].map(lastFour).join(' '),
    ...(inUse ? { inUse: 'yes' } : {}),
  });
}

/** The keys that the page offers to keep. */
export function keysOffered({ forms }: Page): string[] {
  const fields = forms.flatMap((form) => form.fields);
  return fields.filter(({ name }) => name === 'keep').map(({ value }) => value);
}

/** Sends the restore form for these keys. */
export function sendRestore(page: Page, keys: readonly string[]): Promise<Page> {
  return send(page, formWith(page, 'back'), { back: keys.map(lastFour).join(' ') });
}

function formWith(page: Page, field: string): Form {
  const form = page.forms.find(({ fields }) => fields.some(({ name }) => name === field));
  if (form === undefined) {
    throw new Error(`the page has no form with "${field}": ${textOf(page)}`);
  }
  return form;
}

async function send(page: Page, form: Form, typed: Readonly<Record<string, string>>): Promise<Page> {
  // The forms have no action of their own, so a browser posts to the page's address.
  return pageOf(page.url, await fetch(page.url, { method: 'POST', body: filledIn(form, typed) }));
}

/** The text of a page without markup, shortened for an error message. */
export function textOf({ status, html }: Page): string {
  const [, main = html] = /<main>([\s\S]*)<\/main>/.exec(html) ?? [];
  const text = main
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return `${status} ${text.slice(0, 300)}`;
}
