import { recordDecision } from '../../../functions/app/approve/record-decision.ts';
import { Unreadable } from '../../../functions/app/ports.ts';
import { reconcile } from '../../../functions/app/reconcile/reconcile.ts';
import type { News } from '../../../functions/app/wake.ts';
import { paused } from '../../../functions/core/model/control.ts';
import type { Policy } from '../../../functions/core/model/policy.ts';
import { MINUTE } from '../../../functions/core/model/time.ts';
import {
  decide,
  facts,
  intoQuestion,
  passing,
  portsOf,
  trueKey,
  twoKeys,
  worldWith,
} from '../../fakes/acts.ts';
import { ACCOUNT, NEWER, OLDER } from '../../fakes/cases.ts';
import { caseClaimIn } from '../../fakes/claims.ts';
import type { TrueKey, TrueUser } from '../../fakes/iam.ts';
import { type Recording, recording } from './recorder.ts';

/** Plays to the end under a name, and returns what was recorded. */
export type Play = (name: string) => Promise<Recording>;

/** What goes on in a play. */
type Life = (on: Recording & { user: TrueUser }) => Promise<void>;

export const TAG = { exclude: { tag: { key: 'solekey:exclude', value: 'true' }, users: [] } };
export const EXCLUDED = { 'solekey:exclude': 'true' };

export const fresh = (): TrueKey[] => [trueKey(NEWER, 0.01, null), trueKey(OLDER, 600, 1)];

/** A play under these settings, of a user who has these keys at first. */
export function play(life: Life, policy: Partial<Policy> = {}, keys = twoKeys()): Play {
  return async (name) => {
    const { m, user } = worldWith(keys, policy);
    const on = { ...recording(m, name), user };
    await life(on);
    return on;
  };
}

export const keyOf = (user: TrueUser, id: string): TrueKey =>
  user.keys.find((key) => key.id === id) ?? trueKey(id, 1, null);

/** An event about a user, as receive hands it on; a queue would bring it again if nothing could be read. */
export async function heard({ m }: Recording, more: object, news: News | null = null): Promise<void> {
  await reconcile(m.world, { kind: 'user', account: ACCOUNT, attempt: 0, ...more }, news).catch(
    (error: unknown) => {
      if (!(error instanceof Unreadable)) {
        throw error;
      }
    },
  );
}

export async function confirms({ m }: Recording, by: string): Promise<void> {
  const { link } = m.mails.findLast((mail) => mail.recipient === by && mail.link !== null) ?? {};
  const token = link?.split('/').at(-1) ?? '';
  const purpose = caseClaimIn(token)?.purpose ?? 'decide';
  const remove = { text: '3QXK', fours: ['3QXK'] };
  const { kind } = await recordDecision(portsOf(m), token, purpose, {
    kind: 'confirm',
    remove,
    facts: facts(m),
  });
  if (kind !== 'recorded') {
    throw new Error(`the confirmation was not recorded: ${kind}`);
  }
}

export async function decides({ m }: Recording, by: string, keep: string, inUse = false): Promise<void> {
  const kind = await decide(m, by, keep, { inUse });
  if (kind !== 'recorded') {
    throw new Error(`the decision was not recorded: ${kind}`);
  }
}

/** Decided while Solekey is paused: adopted, and not carried out yet. */
export async function adoptedWhilePaused(on: Recording): Promise<void> {
  await intoQuestion(on.m);
  await on.operator((control) => paused(control, on.m.clock.now()));
  await decides(on, 'sec-lead', NEWER);
  await passing(on.m, 5 * MINUTE, MINUTE);
}
