/** The command `show`: the case of one user with its history in words, and whether the record was changed. */
import type { UserRecord } from '../../functions/contracts/record.ts';
import type { Case } from '../../functions/core/case/case.ts';
import type { UnreadCase } from '../../functions/core/case/unread.ts';
import { lastFour } from '../../functions/core/model/observation.ts';
import type { Instant } from '../../functions/core/model/time.ts';
import { UTC } from '../../functions/core/model/zone.ts';
import { decisionWords } from '../../functions/core/words/advice.ts';
import { entryLine, findingSentences } from '../../functions/core/words/history.ts';
import { STATUS } from '../../functions/core/words/status.ts';
import { PLAIN } from '../../functions/core/words/style.ts';
import { moment, usedWords } from '../../functions/core/words/words.ts';
import { EXIT, type Outcome } from './outcome.ts';
import type { Result } from './results.ts';
import { Refused } from './trouble.ts';
import type { World } from './world.ts';

/** A UserId as IAM assigns it, which no user name looks like. */
export const USER_ID = /^AIDA[A-Z0-9]{12,124}$/;

/** Shows the user with this name or UserId. Throws Refused if nothing is stored about them. */
export async function show(
  { records, deployed: { account }, now }: Pick<World, 'records' | 'deployed' | 'now'>,
  user: string,
): Promise<Outcome<'show'>> {
  const userId = USER_ID.test(user) ? user : await records.userIdOf(account, user);
  const record = userId === null ? null : await records.record(account, userId);
  if (record === null || (record.current === null && record.findings.length === 0)) {
    const hint = USER_ID.test(user) ? '' : ' Check the spelling, or give the UserId (AIDA...).';
    throw new Refused(`Solekey has no case about a user "${user}" in account ${account}.${hint}`);
  }
  return {
    result: resultOf(record),
    lines: [
      ...caseLines(record.current, now()),
      '',
      'History:',
      ...record.entries.map((entry) => entryLine(entry, PLAIN)),
      '',
      ...verdict(record),
    ],
    notes: [],
    code: record.findings.length === 0 ? EXIT.done : EXIT.findings,
  };
}

function resultOf({ current, entries, findings }: UserRecord): Result<'show'> {
  const unread = current !== null && 'why' in current ? current : null;
  const read = current !== null && 'phase' in current ? current : null;
  return {
    userName: current?.userName ?? null,
    userId: current?.userId ?? null,
    number: current?.number ?? null,
    phase: read?.phase ?? null,
    phaseSince: read?.phaseSince ?? null,
    keys: (current?.keys ?? []).map(({ id, status }) => ({
      endsIn: lastFour(id),
      status: status ?? 'unknown',
    })),
    unreadable: unread?.reason ?? null,
    history: entries.map((entry) => ({
      number: entry.n,
      at: entry.at,
      text: entryLine(entry, PLAIN).trim(),
    })),
    findings: findingSentences(findings),
  };
}

function caseLines(current: Case | UnreadCase | null, now: Instant): string[] {
  if (current === null) {
    return [];
  }
  const who = `IAM user ${current.userName ?? 'with an unknown name'} (${current.userId}), account ${current.account}`;
  if ('why' in current) {
    return [who, `The case cannot be read by this release: ${current.reason}.`];
  }
  const { number, phase, phaseSince, heldFor, closedAs, keys, decision } = current;
  const why = heldFor ?? closedAs;
  return [
    who,
    `Case ${number}: ${phase}${why === null ? '' : ` (${why})`} since ${moment(phaseSince, UTC)}`,
    ...keys.map((key) => `  ${PLAIN.key(key.id)}  ${STATUS[key.status]}, ${usedWords(key, now, UTC)}`),
    ...(decision === null
      ? []
      : [`Decided by ${decision.by} on ${moment(decision.at, UTC)}: ${decisionWords(decision, PLAIN)}`]),
  ];
}

function verdict({ entries, findings }: UserRecord): string[] {
  const count = `${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}`;
  return findings.length === 0
    ? [
        `The record is as Solekey wrote it: ${count} ${entries.length === 1 ? 'leads' : 'lead'} to the stored case.`,
      ]
    : [
        'THE RECORD WAS CHANGED by something other than Solekey:',
        ...findingSentences(findings).map((sentence) => `- ${sentence}`),
        'What to do: "A record that was changed" in docs/operate.md.',
      ];
}
