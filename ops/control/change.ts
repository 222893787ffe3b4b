/** `pause`, `resume`, `revoke`, `reinstate`: one change of the control item, with its entry in the ledger. */
import { paused, reinstated, resumed, revoked, selfPause } from '../../functions/core/model/control.ts';
import type { ControlCommand, LedgerEntry } from '../../functions/core/model/ledger.ts';
import { type Control, isPaused } from '../../functions/core/model/policy.ts';
import type { Instant } from '../../functions/core/model/time.ts';
import { UTC } from '../../functions/core/model/zone.ts';
import type { Concern } from '../../functions/core/signoff/state.ts';
import { selfPauseSentence } from '../../functions/core/words/self-pause.ts';
import { moment } from '../../functions/core/words/words.ts';
import { approverIds, nobody } from './approvers.ts';
import { EXIT, type Outcome } from './outcome.ts';
import type { Result } from './results.ts';
import { tell } from './tell.ts';
import type { World } from './world.ts';

/** The commands that this file carries out. */
type Changing = Exclude<ControlCommand, 'restored' | 'wind-down'>;

const ABOUT_AN_APPROVER = {
  pause: false,
  resume: false,
  revoke: true,
  reinstate: true,
} as const satisfies Record<Changing, boolean>;

/** Carries out a change. Throws Refused for an unknown approver. */
export async function change(
  world: World,
  command: Changing,
  id: string,
  reason: string,
): Promise<Outcome<Changing>> {
  const approvers = approverIds(world.deployed);
  const at = world.now();
  const by = await world.caller();
  const why = { at, command, by, reason, ...(ABOUT_AN_APPROVER[command] ? { approver: id } : {}) };
  const { control, entry } = await world.control.change(
    (item) => changed(item, command, { id, approvers, at }),
    why,
  );
  const words = inForce(control, approvers);
  const told =
    entry === null
      ? { operators: false, approver: null, notes: [UNCHANGED] }
      : await tell(world, entry, words);
  const foreign = entry?.found === undefined ? [] : [FOREIGN];
  return {
    result: {
      ...state(control),
      entry: entry === null ? null : shownEntry(entry),
      told: { operators: told.operators, approver: told.approver },
    },
    lines: [words, ...(entry === null ? [] : [`Recorded as entry ${entry.number} of the ledger, by ${by}.`])],
    notes: [...told.notes, ...foreign],
    code: foreign.length === 0 ? EXIT.done : EXIT.findings,
  };
}

const UNCHANGED = 'It already was so: nothing was changed, and nothing was recorded.';
const FOREIGN =
  'Something other than these commands had changed the control item before. The ledger now says what was found: see "A control item that was changed" in docs/control.md.';

interface About {
  readonly id: string;
  readonly approvers: readonly string[] | null;
  readonly at: Instant;
}

function changed(item: Control, command: Changing, { id, approvers, at }: About): Control {
  switch (command) {
    case 'pause':
      return paused(item, at);
    case 'resume':
      return resumed(item, at);
    case 'revoke':
      if (approvers?.includes(id) !== true) {
        throw nobody(id, approvers);
      }
      return revoked(item, id);
    case 'reinstate':
      // Approvers no longer in the settings can be reinstated as well, which removes them from the list of revoked ids.
      if (approvers?.includes(id) !== true && !item.revoked.includes(id)) {
        throw nobody(id, approvers);
      }
      return reinstated(item, id);
  }
}

/** The control item for `--json`. */
export function state(control: Control): Pick<Result<'status'>, 'paused' | 'revoked'> {
  const since = control.pauses.at(-1)?.from;
  const automatic = selfPause(control)?.reason ?? null;
  return {
    paused: isPaused(control) && since !== undefined ? { since, automatic } : null,
    revoked: [...control.revoked],
  };
}

/** An entry of the ledger for `--json`. `concern`: the concern that it is about, if it is about one. */
export function shownEntry(
  { number, at, command, by, reason, approver }: LedgerEntry,
  concern: Pick<Concern, 'userName' | 'keyEnd'> | null = null,
) {
  const about = concern === null ? null : { userName: concern.userName, keyEnd: concern.keyEnd };
  return { number, at, command, by, reason, approver: approver ?? null, concern: about };
}

const NOBODY_LEFT =
  'Nobody can decide now, and nobody gets a mail: reinstate an approver, or deploy with another one.';

/** A few sentences on what is in force with this control item. */
export function inForce(item: Control, approvers: readonly string[] | null): string {
  const { paused: pause, revoked: ids } = state(item);
  const itself = selfPause(item);
  const paused =
    itself !== null
      ? selfPauseSentence(itself, UTC)
      : pause === null
        ? 'Not paused.'
        : `Paused since ${moment(pause.since, UTC)}.`;
  const list = ids.length === 0 ? 'No approver is revoked.' : `Revoked: ${ids.join(', ')}.`;
  const none = approvers?.every((id) => ids.includes(id)) === true ? ` ${NOBODY_LEFT}` : '';
  const { answersFrom } = item;
  const since =
    answersFrom === undefined ? '' : ` Answers given before ${moment(answersFrom, UTC)} are void.`;
  return `${paused} ${list}${none}${since} Takes effect from the next evaluation and the next page.`;
}
