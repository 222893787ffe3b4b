/** The forms of the page of a report, as a person fills them in. */
import { setTimeout as pause } from 'node:timers/promises';
import { filledIn, type Typed } from '../form.ts';
import { formOfStep, openPage, type Page, pageOf, says, textOf } from '../page.ts';
import { PATIENCE_MS } from '../watched-user.ts';

/** An approver's input in the form of a concern. `target` is a day, `2027-01-31`. */
export interface ConcernInput {
  readonly key: string;
  readonly impact: string;
  readonly remediation: string;
  readonly owner: string;
  readonly target: string;
  readonly ticket: string;
}

export type Verdict = 'accepted' | 'accepted-with-concerns' | 'not-accepted';

/** Chooses a verdict, and returns the page to check, or the first page that refuses. */
export function chooseVerdict(report: Page, verdict: Verdict): Promise<Page> {
  return sendStep(report, 'check', { verdict });
}

/** Types the account's name, and a comment unless the page has one already, on the page to check. */
export function signOff(checked: Page, accountName: string, comment?: string): Promise<Page> {
  return sendStep(checked, 'sign-off', {
    account: accountName,
    ...(comment === undefined ? {} : { comment }),
  });
}

/** Records a concern about a user on the page that the report leads to. */
export async function recordConcern(report: Page, userId: string, concern: ConcernInput): Promise<Page> {
  return sendStep(await openPage(`${report.url}?concern=${userId}`), 'concern', { ...concern });
}

/** Says what was done about the concern that the report shows as open. */
export async function settle(report: Page, done: string): Promise<Page> {
  const [, number] = /href="\?settle=(\d+)"/.exec(report.html) ?? [];
  if (number === undefined) {
    throw new Error(`the report has no open concern: ${textOf(report)}`);
  }
  return sendStep(await openPage(`${report.url}?settle=${number}`), 'settle', { done });
}

/** Reloads the page of the outcome until it says which entry of the ledger it is. Throws if it was not recorded. */
export async function entryOf(outcome: Page): Promise<string> {
  for (const deadline = Date.now() + PATIENCE_MS; ; await pause(300)) {
    const page = await openPage(outcome.url);
    const [, entry] = /entry (\d+) of the ledger/.exec(page.html) ?? [];
    if (entry !== undefined) {
      return entry;
    }
    if (Date.now() > deadline || !says(page, 'It is being recorded')) {
      throw new Error(`the statement was not recorded: ${textOf(page)}`);
    }
  }
}

async function sendStep(page: Page, step: string, typed: Typed): Promise<Page> {
  const form = formOfStep(page, step);
  if (form === undefined) {
    throw new Error(`the page has no form for "${step}": ${textOf(page)}`);
  }
  const answer = await fetch(page.url, { method: 'POST', body: filledIn(form, typed) });
  // A statement has its outcome under an address of its own, which is what is reloaded.
  return pageOf(answer.redirected ? answer.url : page.url, answer);
}
