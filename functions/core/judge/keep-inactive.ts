import { isGoing } from '../case/deletion.ts';
import { unannounced } from '../case/progress.ts';
import { type Instant, latest } from '../model/time.ts';
import { digestsNow, offered } from './adopt.ts';
import { sameIds, type ToGo, toGo } from './deletion-confirmation.ts';
import { amended, withProgress } from './draft.ts';
import { dropped, overtakenRequest } from './drop.ts';
import { checkedBy, type Refusal, refused } from './refusals.ts';
import type { Draft, Seen, Step } from './situation.ts';
import { outlasts } from './until.ts';

/**
 * Adopts an answer that keeps deactivated keys inactive until a date: they are deleted no earlier, and their deletion is
 * announced anew. Nothing else changes. Somebody who confirmed the deletion is told that it was put off.
 */
export function adoptKeepInactive(situation: Seen, draft: Draft): Step {
  const { request: checked, current, policy, now } = situation;
  if (checked === null || current === null || checked.request.ask.kind !== 'keep-inactive') {
    return { go: 'on', draft };
  }
  const { request } = checked;
  const { keys, until } = checked.request.ask;
  const shown = digestsNow(situation, current).get(request.digest);
  if (draft.case.asking !== current.asking || shown === undefined) {
    return { go: 'on', draft: overtakenRequest(situation, current, draft, checked) };
  }
  const { decision } = draft.case;
  const left = decision === null ? [] : toGo(draft, decision);
  const misfit =
    misplaced(situation, draft, left, keys, request.at) ??
    offered(shown) ??
    outlasts(until, request.at, now, policy);
  const checks = checkedBy(situation, draft.case, checked, misfit);
  if ('why' in checks) {
    return { go: 'on', draft: refused(draft, checks.why, checked, policy) };
  }
  const { by } = checks;
  const asked = amended(unconfirmed(draft), {
    asking: draft.case.asking + 1,
    owed: draft.case.owed.filter(({ kind }) => kind !== 'deletion-announced' && kind !== 'confirm-deletion'),
  });
  const put = left.reduce((d, [id, { inactiveUntil = null, ...progress }]) => {
    const later = { ...unannounced(progress), inactiveUntil: latest(until, inactiveUntil) };
    return withProgress(d, id, later, { code: 'kept-inactive', keyId: id, by, detail: until });
  }, asked);
  return { go: 'on', draft: put };
}

/** The reason why the deletion of these keys cannot be put off; null if it can. They are all keys that would be deleted together. */
function misplaced(
  { policy, now }: Seen,
  draft: Draft,
  left: ToGo,
  keys: readonly string[],
  asked: Instant,
): Refusal | null {
  if (draft.case.decision === null) {
    return 'not-asked';
  }
  const wanted = left.map(([id]) => id);
  if (!sameIds(keys, wanted)) {
    return 'not-these-keys';
  }
  return keys.some((id) => isGoing(draft.case, id, asked, policy, now)) ? 'too-late' : null;
}

/** The draft without a confirmation of the deletion, of which its author is told. */
function unconfirmed(draft: Draft): Draft {
  const { decision } = draft.case;
  if (decision === null || decision.confirmed === null) {
    return draft;
  }
  const { by, address, at, proof: digest = '' } = decision.confirmed;
  const free = amended(
    draft,
    { decision: { ...decision, confirmed: null } },
    { code: 'confirmation-void', detail: 'put-off', by },
  );
  return dropped(free, { digest, kind: 'confirm', by, address, at }, 'put-off');
}
