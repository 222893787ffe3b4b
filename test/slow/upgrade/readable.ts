import { openPage, type Page, textOf } from '../../../sandbox/story/page.ts';
import { isNamed, type LinkLetter, type Subject } from './subject.ts';

/** Where a person finds what to act with, by the phase of an open case: behind which link, and in which field. */
const ACTS: Readonly<Record<string, readonly (readonly [letter: LinkLetter, field: string])[]>> = {
  rotating: [['d', 'keep']],
  'awaiting-decision': [['d', 'keep']],
  approved: [],
  grace: [['r', 'back']],
  'awaiting-confirmation': [
    ['d', 'remove'],
    ['r', 'back'],
  ],
  deleting: [],
  held: [['r', 'back']],
  excluded: [],
};

/**
 * Says what is wrong with the pages behind the links of a user's open case. Each page must open, name the user, and have
 * the field that the phase calls for. `answered`: an answer or an undo was posted and not processed yet, so no field is
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
  for (const letter of ['d', 'r'] as const) {
    const fields = answered ? [] : acts.flatMap(([where, field]) => (where === letter ? field : []));
    const link = subject.link(letter);
    const found =
      link === undefined
        ? missing(fields, 'no link was mailed')
        : wrong(await openPage(link), userName, fields);
    problems.push(...found.map((what) => `${userName}, ${phase}, /${letter}: ${what}`));
  }
  return problems;
}

function wrong(page: Page, userName: string, fields: readonly string[]): string[] {
  if (page.status !== 200 || !page.html.includes(userName)) {
    return [textOf(page)];
  }
  const absent = fields.filter((field) => !page.forms.some((form) => form.fields.some(isNamed(field))));
  return missing(absent, textOf(page));
}

const missing = (fields: readonly string[], why: string): string[] =>
  fields.map((field) => `no field "${field}": ${why}`);
