import type { Judgement } from '../../core/judge/situation.ts';
import { renderSelfPaused } from '../../core/messages/self-paused.ts';
import type { Control } from '../../core/model/policy.ts';
import { causeToPause, type Setback, type SetbackKind } from '../../core/model/setbacks.ts';
import type { Instant } from '../../core/model/time.ts';
import { reasonFor } from '../../core/words/self-pause.ts';
import type { World } from './world.ts';

/** The user of a setback. */
type Of = Pick<Setback, 'userId'> & { readonly account: string };

/**
 * Counts a setback, and pauses the account if it is one too many. It never fails: nothing may stop a restore, or the record
 * of what IAM answered. A pause that could not be written is written before the next change.
 */
export async function noteSetback(
  world: World,
  { account, userId }: Of,
  kind: SetbackKind,
  control: Control,
): Promise<void> {
  const { setbacks, clock, log } = world;
  try {
    await setbacks.note(account, { at: clock.now(), kind, userId });
    await pauseIfDue(world, account, control);
  } catch (error) {
    log.error('A setback could not be counted', { kind, userId, error });
    log.count('SetbackNotCounted');
  }
}

/**
 * Counts the restore that this judgement took up, if it did. It comes after what the judgement leads to, because a key that
 * is to be reactivated does not wait for a count.
 */
export async function noteRestore(
  world: World,
  user: Of,
  { events }: Pick<Judgement, 'events'>,
  control: Control,
): Promise<void> {
  if (events.some(({ code }) => code === 'restore-asked')) {
    await noteSetback(world, user, 'restore', control);
  }
}

/**
 * True if too many setbacks make it necessary that nothing is changed now: the pause is written, by this pass or by another
 * one. Every deactivation and deletion asks first, so a pass that died before it wrote the pause harms nothing. Throws if
 * the setbacks cannot be read or the pause cannot be written: then nobody knows, and nothing is changed.
 */
export async function pauseIfDue(world: World, account: string, control: Control): Promise<boolean> {
  const { setbacks, clock, policy } = world;
  const now = clock.now();
  const found = await setbacks.recent(account, now);
  const cause = causeToPause(found, control, policy, now);
  if (cause === null) {
    return false;
  }
  const reason = reasonFor(cause);
  const isDue = (current: Control) => causeToPause(found, current, policy, now) !== null;
  const entry = await world.pauser.pause(account, { at: now, reason, isDue });
  if (entry !== null) {
    await tell(world, account, entry, now, reason);
  }
  return true;
}

/** Tells operators at once. If this mail is lost, health finds the pause and tells them. */
async function tell(
  { operators, policy, log }: World,
  account: string,
  entry: number,
  from: Instant,
  reason: string,
): Promise<void> {
  log.warn('Solekey paused itself', { entry, reason });
  log.count('PausedItself');
  try {
    await operators.send(renderSelfPaused(policy, { account, entry, pause: { from, reason } }));
  } catch (error) {
    log.error('The operators could not be told of the pause now; health tells them', { error });
  }
}
