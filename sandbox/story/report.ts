import type { Launched } from '../launch/launch.ts';
import type { LastWord } from './cases.ts';
import { caseOnRecord } from './cases.ts';
import { changesBy, type KeyChange } from './changes.ts';
import type { Played } from './play.ts';
import type { StoryRecord } from './record.ts';
import type { Step } from './steps.ts';
import { type Row, tableOf } from './table.ts';
import type { Told } from './told.ts';
import { readTruth } from './truth.ts';
import { contradictions, outcomeOf, unasked } from './verdict.ts';
import { type FinalView, finalView, viewLine } from './view.ts';

export interface Report {
  readonly record: StoryRecord;
  /** The table and the summary lines. */
  readonly lines: readonly string[];
}

/** Compares what Solekey reported and what people decided with the keys that IAM has now. */
export async function reportOn(
  launched: Launched,
  played: readonly Played[],
  steps: readonly Step[],
  /** Users without a row of their own, whose keys Solekey changed as decided about them. */
  besides: readonly Told[] = [],
): Promise<Report> {
  const { world, assembly, deployed } = launched;
  const view = await finalView(
    launched,
    played.flatMap(({ told }) => told.userId ?? []),
  );
  const truth = await readTruth(world.emulators.motoUrl);
  const functions = Object.entries(assembly.template.Resources)
    .filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
    .map(([name]) => deployed.resources[name] ?? '');
  const changes = changesBy(functions, world.gateway.trail.records());
  const mailsAbout = ({ names }: Told) =>
    names.reduce((count, userName) => count + launched.inbox.mails({ userName }).length, 0);
  const byUser = (told: Told) => changes.filter(({ userName }) => told.names.includes(userName));
  const reported = await Promise.all(
    played.map(async ({ told }) =>
      outcomeOf(lastWord(launched, told.userName) ?? (await caseOnRecord(launched, told.userName))),
    ),
  );
  const rows = played.map(({ chapter, told, problem }, index): Row => {
    const outcome = reported[index] ?? 'held';
    const user = truth.get(told.userName);
    const last = told.decisions.at(-1);
    return {
      user: {
        account: world.account,
        userName: told.userName,
        before: told.before,
        decision: last === undefined ? null : { keep: last.keep, by: last.by, at: last.at },
        after: user?.keys ?? [],
        outcome,
      },
      remark: chapter.remark,
      problems: [
        ...(problem === undefined ? [] : [problem]),
        ...(outcome === chapter.outcome ? [] : [`it should be ${chapter.outcome}`]),
        ...contradictions({
          told,
          outcome,
          user,
          changes: byUser(told),
          mails: mailsAbout(told),
          view: view?.disagreements.get(told.userId ?? ''),
        }),
      ],
    };
  });
  const everybody = [...played.map(({ told }) => told), ...besides];
  const strangers = changes.filter(
    ({ userName }) => !everybody.some(({ names }) => names.includes(userName)),
  );
  const unaskedFor = everybody.flatMap((told) => unasked(told, byUser(told)));
  const wrong = [...strangers, ...unaskedFor].length;
  const record = recordOf({ rows, steps, wrong, view });
  const lines = [sumLine(rows, changes, wrong), ...reviewLine(besides), viewLine(view), timesLine(played)];
  return { record, lines: [...tableOf(rows), '', ...lines] };
}

/**
 * The record of the results. Its last step is the comparison of AWS Config with IAM, which includes users without a
 * row.
 */
export function recordOf({
  rows,
  steps,
  wrong,
  view,
}: {
  readonly rows: readonly Row[];
  readonly steps: readonly Step[];
  /** Number of key changes that no decision asked for. */
  readonly wrong: number;
  readonly view: FinalView | undefined;
}): StoryRecord {
  const agrees = view === undefined || (view.disagreements.size === 0 && view.error === null);
  const comparison = { at: new Date().toISOString(), title: viewLine(view), ok: agrees };
  return {
    passed: rows.every(({ problems }) => problems.length === 0) && wrong === 0 && agrees,
    users: rows.map(({ user }) => user),
    steps: [...steps, comparison],
  };
}

function lastWord({ inbox }: Launched, userName: string): LastWord | undefined {
  const words = inbox.news().map(({ content }) => content as LastWord & { readonly userName: string });
  return words.findLast((word) => word.userName === userName);
}

function sumLine(rows: readonly Row[], changes: readonly KeyChange[], wrong: number): string {
  const right = rows.filter(({ problems }) => problems.length === 0).length;
  const count = (kind: KeyChange['kind']) => changes.filter((change) => change.kind === kind).length;
  return (
    `${right} of ${rows.length} as decided, compared with IAM itself. ${count('off')} keys deactivated, ` +
    `${count('deleted')} deleted, ${count('on')} reactivated, ${wrong} changed without a decision.`
  );
}

/** The line about users without a row; none if there are none. */
export function reviewLine(besides: readonly Told[]): string[] {
  const [last, count] = [(told: Told) => told.decisions.at(-1), besides.length];
  const decided = besides.filter(
    (told) => last(told) !== undefined && last(told)?.spare === undefined,
  ).length;
  const excepted = besides.filter((told) => last(told)?.spare !== undefined).length;
  const back = besides.filter(({ restored }) => restored.length > 0).length;
  return besides.length === 0
    ? []
    : [
        `The review of the old account: ${decided} of ${count} users decided, ${excepted} not now, ${count - decided - excepted} open; keys of ${back} were wanted back.`,
      ];
}

function timesLine(played: readonly Played[]): string {
  const times = played.flatMap(({ told }) => told.toInboxMs).sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)];
  return median === undefined
    ? 'No mail arrived.'
    : `From event to inbox: ${(median / 1_000).toFixed(1)} s (median of ${times.length}; the first second is the setting notifyAfter).`;
}
