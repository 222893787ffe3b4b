import { type Form, filledIn, readForms, type Typed, wordsIn } from './form.ts';

/** A page as a person has it open. It does not change by itself: forms are sent from this state. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly html: string;
  readonly forms: readonly Form[];
}

/** The page that an answer has. `url`: where its forms are sent. */
export async function pageOf(url: string, answer: Response): Promise<Page> {
  const html = await answer.text();
  return { url, status: answer.status, html, forms: readForms(html) };
}

export async function openPage(url: string): Promise<Page> {
  return pageOf(url, await fetch(url));
}

/** The reasons that the story gives, of those on the page. */
export type Reason = 'unused' | 'replaced' | 'person-left' | 'compromised';

/** An approver's input in the forms of a decision. */
export interface Choice {
  /** Null to deactivate all keys. */
  readonly keep: string | null;
  readonly off: readonly string[];
  /** Keys deactivated by an earlier decision, which the new one must list as well. */
  readonly offAlready?: readonly string[];
  /** Ticks the box about keys in use; the page must then have one. */
  readonly inUse?: boolean;
  /** Defaults to `unused`. */
  readonly reason?: Reason;
  readonly comment?: string;
}

/** The value of the choice to deactivate all keys. */
const NO_KEY = 'none';

/** The value of the choice to leave the keys as they are until a date. */
const NOT_NOW = 'not-now';

const lastFour = (keyId: string): string => keyId.slice(-4);

/**
 * Decides as a person does: chooses a key, and types the others on the page to check. Returns the page at which that ends,
 * which is the first to refuse. Throws if the page has preselected a key.
 */
export async function sendDecision(page: Page, choice: Choice): Promise<Page> {
  const checked = await chooseToKeep(page, choice);
  return hasField(checked, 'off') ? sendChecked(checked, choice) : checked;
}

/** Types the keys to deactivate on the page to check, and sends it. */
export function sendChecked(checked: Page, choice: Choice): Promise<Page> {
  const form = formWith(checked, 'off');
  const { keep, off, offAlready = [], inUse = false, reason = 'unused', comment = '' } = choice;
  const asks = (name: string) => form.fields.some((field) => field.name === name);
  return send(checked, form, {
    ...(asks('keep') ? { keep: keep ?? NO_KEY } : {}),
    off: [...off, ...offAlready].map(lastFour).join(' '),
    ...(inUse ? { inUse: 'yes' } : {}),
    // Pages of 0.6.0 do not ask for grounds.
    ...(asks('reason') ? { reason, comment } : {}),
  });
}

/** Chooses the key to keep, and returns the page to check. A page of 0.6.0 has both forms in one, and is returned itself. */
export async function chooseToKeep(page: Page, { keep, off }: Choice): Promise<Page> {
  const form = formWith(page, 'keep');
  const radios = form.fields.filter(({ name }) => name === 'keep');
  if (radios.some(({ checked }) => checked)) {
    throw new Error('the page had chosen a key already');
  }
  const offered = keysOffered(page);
  const wanted = keep === null ? off : [keep, ...off];
  if (!wanted.every((key) => offered.includes(key)) || offered.length !== wanted.length) {
    throw new Error(`the page offers ${offered.join(', ')}, not ${wanted.join(', ')}`);
  }
  return form.fields.some(({ name }) => name === 'off') ? page : send(page, form, { keep: keep ?? NO_KEY });
}

/** Ticks rows of a list, and returns the page to check. */
export function checkRows(page: Page, rows: readonly string[]): Promise<Page> {
  return send(page, formWith(page, 'row'), { row: rows });
}

/** Types the number of keys on the page to check several decisions, and sends it. Returns the page with their outcomes. */
export function sendRows(checked: Page, keys: number): Promise<Page> {
  const typed = { count: `deactivate ${keys} keys`, reason: 'unused', comment: 'Review of the old account.' };
  return send(checked, formWith(checked, 'count'), typed);
}

/** Posts the form of the page to check without having been shown it, as nobody's browser would. */
export async function postUnchecked(page: Page, { keep, off, reason = 'unused' }: Choice): Promise<Page> {
  const facts = formWith(page, 'keep').fields.find(({ name }) => name === 'facts')?.value ?? '';
  const typed = { keep: keep ?? NO_KEY, off: off.map(lastFour).join(' '), reason, comment: '', facts };
  return pageOf(page.url, await fetch(page.url, { method: 'POST', body: new URLSearchParams(typed) }));
}

/** The keys that the page offers to keep. */
export function keysOffered({ forms }: Page): string[] {
  const fields = forms.flatMap((form) => form.fields);
  const keys = fields.filter(({ name, value }) => name === 'keep' && value !== NO_KEY && value !== NOT_NOW);
  return keys.map(({ value }) => value);
}

/** A person's input in the form of an answer that leaves something as it is until a date. */
export interface Until {
  /** The day in the zone of digests, as a browser sends it: `2027-01-31`. */
  readonly until: string;
  readonly justification: string;
}

/** The same for an exception. */
export interface NotNow extends Until {
  /** The Active keys that stay, two or more. */
  readonly spare: readonly string[];
  /** The Active keys to deactivate. */
  readonly off?: readonly string[];
  readonly offAlready?: readonly string[];
  readonly inUse?: boolean;
}

/** True if a page offers to leave the keys as they are until a date. */
export function offersNotNow({ forms }: Page): boolean {
  return forms.some(({ fields }) => fields.some(({ name, value }) => name === 'keep' && value === NOT_NOW));
}

/**
 * Answers "not now" as a person does: chooses it, says which keys stay if there are more than two, and fills in the page to check.
 * Returns the page at which that ends, which is the first to refuse.
 */
export async function sendNotNow(page: Page, choice: NotNow): Promise<Page> {
  const { spare, off = [], offAlready = [], inUse = false, until, justification } = choice;
  const chosen = await send(page, formWith(page, 'keep'), { keep: NOT_NOW });
  const boxes = formOfStep(chosen, 'spare');
  const checked = boxes === undefined ? chosen : await send(chosen, boxes, { key: spare });
  const form = formIn(checked, 'spare');
  if (form === undefined) {
    return checked;
  }
  const typed = form.fields.some(({ name }) => name === 'off')
    ? { off: [...off, ...offAlready].map(lastFour).join(' ') }
    : { stay: spare.map(lastFour).join(' ') };
  return send(checked, form, {
    ...typed,
    ...(inUse ? { inUse: 'yes' } : {}),
    until,
    comment: justification,
  });
}

/** True if a page offers to keep deactivated keys inactive until a date. */
export function offersPuttingOff(page: Page): boolean {
  return formOfStep(page, 'later') !== undefined;
}

/** Puts off the deletion of all keys that would be deleted together. Returns the page at which that ends, which is the first to refuse. */
export async function sendPuttingOff(page: Page, keys: readonly string[], choice: Until): Promise<Page> {
  const first = formOfStep(page, 'later');
  if (first === undefined) {
    throw new Error(`the page puts no deletion off: ${textOf(page)}`);
  }
  const checked = await send(page, first, {});
  const form = formIn(checked, 'inactive');
  const { until, justification } = choice;
  const stay = keys.map(lastFour).join(' ');
  return form === undefined ? checked : send(checked, form, { until, comment: justification, stay });
}

/** The form of a page that does this step, if there is one. */
export function formOfStep({ forms }: Page, step: string): Form | undefined {
  return forms.find(({ fields }) => fields.some(({ name, value }) => name === 'step' && value === step));
}

/** The key that the page proposes to keep; null if it proposes none. */
export function proposedOn({ html }: Page): string | null {
  const [, key = null] =
    /value="(\w+)" required[^>]*>\s*<span class="key">[^<]*<\/span>, as proposed/.exec(html) ?? [];
  return key;
}

/**
 * Reactivates keys as a person does: presses the button, and the one on the second page, which may ask to type the keys.
 * Returns the page at which that ends, which is the first to refuse.
 */
export async function sendRestore(page: Page, keys: readonly string[]): Promise<Page> {
  const typed = keys.map(lastFour).join(' ');
  const before = formIn(page, 'back');
  if (before !== undefined) {
    return send(page, before, { back: typed });
  }
  const second = await send(page, formWith(page, 'key'), { key: keys });
  const form = formIn(second, 'restore');
  if (form === undefined) {
    return second;
  }
  const asks = form.fields.some(({ name }) => name === 'back');
  return send(second, form, asks ? { back: `reactivate ${typed}` } : {});
}

/** True if a page offers to mail the link that decides or, where a deletion waits for a confirmation, confirms it. */
export function offersLink({ forms }: Page): boolean {
  return forms.some(asksForLink);
}

/** Presses the button that has such a link mailed. */
export function askForLink(page: Page): Promise<Page> {
  const form = page.forms.find(asksForLink);
  if (form === undefined) {
    throw new Error(`the page mails no link: ${textOf(page)}`);
  }
  return send(page, form, {});
}

const asksForLink = ({ fields }: Form): boolean =>
  fields.some(({ name, value }) => name === 'mail' && value === 'row');

/** Confirms a deletion on the page that its own link leads to. `word` is what is typed before the endings of the keys. */
export function sendDeletion(page: Page, keys: readonly string[], word = 'delete '): Promise<Page> {
  return send(page, formWith(page, 'remove'), { remove: `${word}${keys.map(lastFour).join(' ')}` });
}

/** True if a form of the page has this field. */
export function hasField(page: Page, field: string): boolean {
  return formIn(page, field) !== undefined;
}

function formIn({ forms }: Page, field: string): Form | undefined {
  return forms.find(({ fields }) => fields.some(({ name }) => name === field));
}

/** The form of a page with this field. Throws if there is none. */
export function formWith(page: Page, field: string): Form {
  const form = formIn(page, field);
  if (form === undefined) {
    throw new Error(`the page has no form with "${field}": ${textOf(page)}`);
  }
  return form;
}

/** Sends a form as a browser does, which follows the answer to its page. */
export async function send(page: Page, form: Form, typed: Typed): Promise<Page> {
  // The forms have no action of their own, so a browser posts to the page's address.
  return pageOf(page.url, await fetch(page.url, { method: 'POST', body: filledIn(form, typed) }));
}

/** True if a person reads these words on the page: markup within them, as around a key, does not count. */
export function says({ html }: Pick<Page, 'html'>, words: string): boolean {
  return wordsIn(html)
    .replace(/\s+/g, ' ')
    .replace(/ (?=[,.:;])/g, '')
    .includes(words);
}

/** The text of a page without markup, shortened for an error message. */
export function textOf({ status, html }: Page): string {
  const [, main = html] = /<main>([\s\S]*)<\/main>/.exec(html) ?? [];
  const text = wordsIn(main).replace(/\s+/g, ' ').trim();
  return `${status} ${text.slice(0, 300)}`;
}
