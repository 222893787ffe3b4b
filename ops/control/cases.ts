/** `cases`: the open cases, the most urgent first. */
import type { Case, Phase } from '../../functions/core/case/case.ts';
import { type Want, wantOfRank } from '../../functions/core/case/list-rank.ts';
import { activeKeys } from '../../functions/core/model/compliance.ts';
import { lastFour } from '../../functions/core/model/observation.ts';
import { day } from '../../functions/core/words/words.ts';
import { EXIT, type Outcome, table } from './outcome.ts';
import type { Result } from './results.ts';
import type { ListedCase, World } from './world.ts';

/** The state of a case in a few words. */
const STATES: Readonly<Record<Phase, string>> = {
  rotating: 'rotation in progress',
  'awaiting-decision': 'waits for a decision',
  exception: 'exception',
  approved: 'decided, being carried out',
  grace: 'grace period',
  'awaiting-confirmation': 'waits for a confirmation of the deletion',
  deleting: 'being deleted',
  held: 'on hold',
  excluded: 'excluded',
  closed: 'closed',
};

/** Words for the wants that the state alone does not say. */
const WANTS: Readonly<Record<Want, string>> = {
  alarm: 'key of an unexpected creator',
  held: '',
  'deletion-to-confirm': '',
  undecided: '',
  rest: '',
};

type Row = Result<'cases'>['cases'][number];

export async function cases(world: World): Promise<Outcome<'cases'>> {
  const listed = await world.cases();
  const rows = listed.map(rowOf);
  const count = rows.length === 1 ? '1 open case.' : `${rows.length} open cases.`;
  const [first] = rows;
  const next =
    first === undefined ? '' : ` For one of them: npm run control -- show ${first.userName ?? first.userId}`;
  return {
    result: { cases: rows },
    lines: table(listed.map((one, index) => lineOf(one, rows[index] as Row))),
    notes: [`${count}${next}`],
    code: EXIT.done,
  };
}

function rowOf({ case: current, rank }: ListedCase): Row {
  const shared = {
    userName: current.userName,
    userId: current.userId,
    number: current.number,
    want: rank === null ? null : wantOfRank(rank),
    keys: current.keys.map(({ id, status }) => ({ endsIn: lastFour(id), status: status ?? 'unknown' })),
  };
  return 'why' in current
    ? { ...shared, phase: null, opened: null, unreadable: current.reason }
    : { ...shared, phase: current.phase, opened: current.opened, unreadable: null };
}

function lineOf({ case: current }: ListedCase, { want, userName, userId }: Row): string[] {
  const user = userName ?? userId;
  if ('why' in current) {
    return ['!', user, '', '', `cannot be read by this release: ${current.reason}`];
  }
  const extra = want === null ? '' : WANTS[want];
  return [
    want === 'alarm' || want === 'held' ? '!' : ' ',
    user,
    keysOf(current),
    `since ${day(current.opened)}`,
    [STATES[current.phase], extra].filter(Boolean).join('; '),
  ];
}

function keysOf({ keys }: Case): string {
  return `${activeKeys(keys).length} of ${keys.length} keys active`;
}
