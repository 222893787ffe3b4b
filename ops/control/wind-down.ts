/**
 * `wind-down`: the last command before the stack is removed. It pauses and revokes every approver, so that nobody is asked
 * any more, but only when no key is inactive because of Solekey.
 */
import { keysOfOurs } from '../../functions/core/case/case.ts';
import { windingDown } from '../../functions/core/model/control.ts';
import { lastFour } from '../../functions/core/model/observation.ts';
import { approverIds } from './approvers.ts';
import type { Command } from './arguments.ts';
import { inForce, shownEntry, state } from './change.ts';
import { EXIT, type Outcome, table } from './outcome.ts';
import type { Result } from './results.ts';
import { tell } from './tell.ts';
import { Refused } from './trouble.ts';
import type { ListedCase, World } from './world.ts';

type Pending = Result<'wind-down'>['pending'][number];

/** Stops all questions and changes, or lists what must be finished or undone before. */
export async function windDown(world: World, { reason }: Command): Promise<Outcome<'wind-down'>> {
  const approvers = approverIds(world.deployed);
  if (approvers === null) {
    throw new Refused('The stack has no output ApproverIds: deploy this version first.');
  }
  const open = await world.cases();
  const pending = open.flatMap(pendingIn);
  const undecided = open.length - pending.length;
  if (pending.length > 0) {
    const control = await world.control.read();
    return {
      result: {
        ...state(control),
        pending,
        undecided,
        entry: null,
        told: { operators: false, approver: null },
      },
      lines: table(pending.map(lineOf)),
      notes: [
        'Nothing was changed: these keys are inactive because of Solekey, and after its removal no link reactivates them.',
        'Finish: wait until they are deleted. Or undo: reactivate them on the page of the user. Then type this command again.',
      ],
      code: EXIT.notDone,
    };
  }
  const [at, by] = [world.now(), await world.caller()];
  const { control, entry } = await world.control.change((item) => windingDown(item, approvers, at), {
    at,
    command: 'wind-down',
    by,
    reason,
    about: { undecided },
  });
  const words = inForce(control, approvers);
  const told = entry === null ? NOBODY : await tell(world, entry, words);
  return {
    result: {
      ...state(control),
      pending: [],
      undecided,
      entry: entry === null ? null : shownEntry(entry),
      told: { operators: told.operators, approver: told.approver },
    },
    lines: [
      words,
      undecided === 0
        ? 'No case is open.'
        : `${undecided} open ${undecided === 1 ? 'case is' : 'cases are'} left as they are, and nobody is asked about them any more.`,
      ...(entry === null ? [] : [`Recorded as entry ${entry.number} of the ledger, by ${by}.`]),
    ],
    notes: [
      ...told.notes,
      `Next, the last pack: npm run control -- evidence --from DAY --to ${at.slice(0, 10)} --out last-pack.zip --reason '…'`,
      'Then docs/remove.md. To go on instead: resume, and reinstate each approver.',
    ],
    code: EXIT.done,
  };
}

const NOBODY = { operators: false, approver: null, notes: [] } as const;

/** The keys that this case deactivated. One that this release cannot read may have some. */
function pendingIn({ case: current }: ListedCase): Pending[] {
  const { userId, userName } = current;
  if ('why' in current) {
    return [{ userId, userName, keys: [], phase: null }];
  }
  const keys = keysOfOurs(current).map(lastFour);
  return keys.length === 0 ? [] : [{ userId, userName, keys, phase: current.phase }];
}

function lineOf({ userId, userName, keys, phase }: Pending): string[] {
  const user = userName ?? userId;
  return phase === null
    ? ['!', user, 'cannot be read by this release']
    : ['!', user, `${keys.map((four) => `...${four}`).join(', ')} inactive, ${phase}`];
}
