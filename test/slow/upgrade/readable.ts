import { hasField, offersLink, openPage, type Page, textOf } from '../../../sandbox/story/page.ts';
import type { LinkLetter, Subject } from './subject.ts';

/** True if a page has what a person acts with. Pages of 0.6.0 have one form where those of today have two. */
const HAS = {
  'a choice of the key to keep': (page: Page) => hasField(page, 'keep'),
  'a way to reactivate': (page: Page) => hasField(page, 'key') || hasField(page, 'back'),
  'the form to confirm a deletion': (page: Page) => hasField(page, 'remove'),
  'a way to confirm the deletion': (page: Page) => hasField(page, 'remove') || offersLink(page),
} as const satisfies Readonly<Record<string, (page: Page) => boolean>>;

type Thing = keyof typeof HAS;

/** What a person finds behind each link, by the phase of an open case. */
const ACTS: Readonly<Record<string, Readonly<Partial<Record<LinkLetter, Thing>>>>> = {
  rotating: { d: 'a choice of the key to keep' },
  'awaiting-decision': { d: 'a choice of the key to keep' },
  approved: {},
  grace: { r: 'a way to reactivate' },
  'awaiting-confirmation': {
    d: 'a way to confirm the deletion',
    r: 'a way to reactivate',
    x: 'the form to confirm a deletion',
  },
  deleting: {},
  held: { r: 'a way to reactivate' },
  excluded: {},
};

/** The links without which nobody could act in a phase; those to confirm a deletion are mailed by this release only. */
const MUST_EXIST: readonly LinkLetter[] = ['d', 'r'];

/**
 * Says what is wrong with the pages behind the links of a user's open case. Each page must open, name the user, and have
 * what the phase calls for. `answered`: an answer or an undo was posted and not processed yet, so nothing is
 * required. A closed case has no problems.
 */
export async function unreadable(subject: Subject, answered: boolean): Promise<readonly string[]> {
  const { userName } = subject;
  const phase = (await subject.case())?.phase ?? 'unknown';
  if (phase === 'closed') {
    return [];
  }
  const acts = ACTS[phase];
  if (acts === undefined) {
    return [`${userName} is in the phase ${phase}`];
  }
  const problems: string[] = [];
  for (const letter of ['d', 'r', 'x'] as const) {
    const thing = answered ? undefined : acts[letter];
    const link = subject.link(letter);
    const found = link === undefined ? unsent(letter, thing) : wrong(await openPage(link), userName, thing);
    problems.push(...found.map((what) => `${userName}, ${phase}, /${letter}: ${what}`));
  }
  return problems;
}

function unsent(letter: LinkLetter, thing: Thing | undefined): string[] {
  return thing === undefined || !MUST_EXIST.includes(letter) ? [] : [`no link was mailed to ${thing}`];
}

function wrong(page: Page, userName: string, thing: Thing | undefined): string[] {
  if (page.status !== 200 || !page.html.includes(userName)) {
    return [textOf(page)];
  }
  return thing === undefined || HAS[thing](page) ? [] : [`without ${thing}: ${textOf(page)}`];
}
