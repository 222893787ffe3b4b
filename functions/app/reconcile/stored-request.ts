import { type Case, isOpen } from '../../core/case/case.ts';
import { type CheckedRequest, firstGiven, unsignedRequest } from '../../core/case/requests.ts';
import { alteredCase, withNewerAnswer } from '../../core/case/unread.ts';
import { digestsNow, digestsOf } from '../../core/judge/adopt.ts';
import type { Situation } from '../../core/judge/situation.ts';
import type { Observation } from '../../core/model/observation.ts';
import type { StoredUser, UnreadUser } from '../store-ports.ts';
import type { World } from './world.ts';

/** The answer to the question, and what the question has been read to have none to. */
export interface Answered {
  readonly request: CheckedRequest | null;
  /** Digests under which no answer was stored. */
  readonly unanswered: readonly string[];
}

/**
 * The verified request for the question as it is now, otherwise for the question as people were last shown it; null
 * if neither has one. Pages of two releases may have stored two answers; then the earlier one is used. If an answer
 * that only a newer release understands was given through one of our links, the case is left to that release. A case
 * that is not what its history says is left alone, so that no write makes it look genuine.
 */
export async function storedRequest(
  { cases, links, policy, log }: World,
  { case: current, state }: StoredUser,
  observed: Observation,
): Promise<Answered | Pick<UnreadUser, 'unread'>> {
  if (current === null || isUntouched(current)) {
    return { request: null, unanswered: [] };
  }
  const asked = isOpen(current) && observed.kind === 'user';
  const now = asked ? [...digestsNow({ observed, policy }, current).keys()] : [];
  const before = asked ? digestsOf({ observed, policy }, current) : [];
  const stored = await cases.recorded(current, before);
  if (stored.state !== null && stored.state !== state) {
    log.count('NotAsRecorded');
    return { unread: alteredCase(current) };
  }
  const given = (digests: readonly string[]) =>
    firstGiven(digests.flatMap((digest) => stored.requests.get(digest) ?? []));
  const request = given(now) ?? given(before);
  const unanswered = before.filter((digest) => !stored.requests.has(digest));
  if (request === null) {
    return { request, unanswered };
  }
  if (!('newer' in request)) {
    return { request: { request, claim: await links.claimOf(request) }, unanswered };
  }
  const claim = await links.claimOf(request.sealed);
  return claim === null
    ? { request: { request: unsignedRequest(request.sealed.digest), claim }, unanswered }
    : { unread: withNewerAnswer(current, request.newer) };
}

/** The digests without an answer that nobody will look for any more once the case is as in `next`. */
export function leftBehind(
  unanswered: readonly string[],
  { observed, policy }: Situation,
  next: Case,
): readonly string[] {
  const asked = isOpen(next) && observed.kind === 'user' ? digestsOf({ observed, policy }, next) : [];
  return unanswered.filter((digest) => !asked.includes(digest));
}

/**
 * True for an open case as its first version made it, of which nobody has been mailed. Nobody can have answered, and
 * there is nothing to hide, so neither answers nor the history need to be read. A later version made to look like this
 * one keeps its number, since the history has an entry under each earlier one.
 */
function isUntouched(current: Case): boolean {
  const { version, remindedAt, asking, decision, progress } = current;
  const asked = remindedAt !== null || asking > 1 || decision !== null;
  return version === 1 && isOpen(current) && !asked && Object.keys(progress).length === 0;
}
