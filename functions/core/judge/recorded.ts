import { withFewOthers } from '../case/by-key.ts';
import type { AskedAgain, Case } from '../case/case.ts';
import { isOpen, keysOff } from '../case/case.ts';
import { ECHO } from '../case/deletion.ts';
import { inNextCase } from '../case/dropped.ts';
import { exceptionOf } from '../case/exception.ts';
import { recordedExposure } from '../case/exposure.ts';
import { factsDigest, factsOf, sameKeys, shown } from '../case/facts.ts';
import { afterAnswer, mergedOrigins, withOrigin } from '../case/origins.ts';
import { recordedOwners } from '../case/owners.ts';
import { knownTerms, presentTerms } from '../case/terms.ts';
import { activeKeys } from '../model/compliance.ts';
import { sameValue } from '../model/digest.ts';
import { isExcluded } from '../model/exclusion.ts';
import { knownUse, type LastUsed, type ObservedKey } from '../model/observation.ts';
import { type Scoped, scopeOf } from '../model/only.ts';
import type { Policy } from '../model/policy.ts';
import { DAY, type Instant, latest, plus } from '../model/time.ts';
import { ANEW, amended, voided } from './draft.ts';
import { exposureEvents } from './evidence.ts';
import { cameBack, oneMore } from './returns.ts';
import { type Sightings, sightings } from './sightings.ts';
import type { Draft, Seen, Situation } from './situation.ts';

const FORMER_KEPT = 5;

/** A rotation window that began within this time continues, so that creating another key does not extend it. */
const ROTATION_MEMORY = 30 * DAY;

/** A violation that returns within this time reopens the same case. */
const REOPENS_WITHIN = DAY;

/** Keys that change back to what people were notified of within this time are no reason for another notice. */
const RETOLD_AFTER = DAY;

/** The first version of a case for a violation that has none, or the next version after a closed case. */
export function opened(situation: Seen): Draft {
  const { observed, now, current, policy } = situation;
  const back = current !== null && now < plus(current.phaseSince, REOPENS_WITHIN);
  const newest = latest('', ...activeKeys(observed.keys).map((key) => key.created));
  const goesOn =
    current !== null && current.rotationFrom < newest && newest < plus(current.rotationFrom, ROTATION_MEMORY);
  const number = current === null ? 1 : current.number + (back ? 0 : 1);
  const again = current === null ? null : cameBack(current, observed.keys, now);
  const returned =
    current === null || again === null
      ? {}
      : { returned: oneMore(current, number, again.keyId, again.how, now) };
  // The weekly notices of a key that keeps returning go on, whatever becomes of the cases.
  const reminded = back || (returned.returned?.count ?? 0) > 1;
  const scope = scopeOf(current, observed, policy);
  const exposed = recordedExposure(current ?? {}, situation.exposed, observed.keys);
  const fresh: Case = {
    // Fields that only a newer release knows stay, and what outlives a case: `returned`, `restored`, `compromised`, `exposed`. All others
    // are set below.
    ...current,
    account: observed.account,
    userId: observed.userId,
    userName: observed.userName,
    path: observed.path,
    ...recordedOwners(current, observed.tags, policy),
    number,
    version: current?.version ?? 0,
    phase: 'awaiting-decision',
    phaseSince: now,
    heldFor: null,
    closedAs: null,
    opened: back ? current.opened : now,
    asking: back ? current.asking + 1 : 1,
    askedAgain: null,
    keys: seenAgain(current?.keys ?? [], observed.keys),
    keysSeenAt: observed.at,
    excluded: isExcluded(observed, policy.exclude),
    ...scope,
    former: [],
    shownTerms: knownTerms(back ? { ...current, ...scope } : scope, policy),
    progress: {},
    origins: origins(current === null ? {} : afterAnswer(current), situation),
    ...exposed,
    decision: null,
    rotationFrom: goesOn ? current.rotationFrom : newest,
    // A violation that returns soon keeps its reminders, so that toggling a key does not flood people.
    toldAt: back ? (current.toldAt ?? current.remindedAt) : null,
    remindedAt: current !== null && reminded ? current.remindedAt : null,
    escalatedAt: back ? current.escalatedAt : null,
    ...(reminded ? { reopenedAt: now } : {}),
    ...returned,
    owed: [],
    ...(current?.dropped === undefined ? {} : { dropped: inNextCase(current, number) }),
    missingSince: null,
    compliantSince: null,
    unknownSince: null,
    lease: null,
  };
  const events = exposureEvents(current?.exposed, fresh.exposed);
  return { case: fresh, events: [{ code: back ? 'reopened' : 'opened' }, ...events] };
}

/** The open case with this observation: names, facts, and the results of our changes to keys. */
export function recorded(situation: Seen, current: Case): Draft {
  const { observed, now, policy } = situation;
  const seen = sightings(situation, current);
  const facts = {
    keys: seenAgain(current.keys, observed.keys),
    excluded: observed.lag?.excluded ?? isExcluded(observed, policy.exclude),
    ...scopeAsSeen(current, observed, policy),
  };
  const keysChanged = !sameKeys(current.keys, facts.keys);
  const exposed = recordedExposure(current, situation.exposed, observed.keys);
  const changed = keysChanged || current.excluded !== facts.excluded || isMoved(current, facts);
  let draft = amended(
    { case: current, events: [] },
    {
      ...facts,
      // What is recorded against this reading was seen earlier.
      keysSeenAt: observed.lag === undefined ? observed.at : current.keysSeenAt,
      userName: observed.userName,
      path: observed.path,
      ...recordedOwners(current, observed.tags, policy),
      origins: origins(current.origins, situation),
      ...exposed,
      progress: seen.progress,
      ...restoredIn(current, seen, facts.keys),
      shownTerms: knownTerms({ ...current, ...facts }, policy),
      missingSince: null,
      compliantSince: changed ? null : current.compliantSince,
      unknownSince: null,
      lease: null,
    },
    ...(current.userName === observed.userName
      ? []
      : [{ code: 'renamed' as const, detail: current.userName }]),
    ...(keysChanged ? [{ code: 'keys-changed' as const }] : []),
    ...exposureEvents(current.exposed, exposed.exposed),
    ...seen.events,
  );
  if (changed) {
    draft = amended(draft, { former: remembered(current, now, policy) });
  }
  const [reactivated] = seen.reactivated;
  if (reactivated !== undefined) {
    const returned = oneMore(current, current.number, reactivated, 'reactivated', now);
    return voided(amended(draft, { returned }), { code: 'reactivated', keyId: reactivated });
  }
  // During an exception the question can be answered, too.
  const isOpenQuestion = current.decision === null || exceptionOf(current) !== null;
  if (changed && isOpenQuestion && current.remindedAt !== null) {
    // An answer to the question as it was must not count later, when the facts may be the same again.
    draft = amended(draft, { asking: current.asking + 1 });
  }
  const asking = current.decision === null && current.toldAt !== null;
  if (keysChanged && asking && !isToldOf(current, facts.keys, now)) {
    return amended(draft, { askedAgain: whyAnew(current, seen), ...ANEW });
  }
  return current.decision === null ? heldAgainstUse(draft, current) : draft;
}

/** The count of restores of each key that still exists, with those that this reading shows to be done; nothing if there are none. */
function restoredIn(
  { restored: before }: Pick<Case, 'restored'>,
  { events }: Sightings,
  keys: readonly ObservedKey[],
): Pick<Case, 'restored'> {
  const done = events.flatMap(({ code, keyId }) =>
    code === 'restored' && keyId !== undefined ? [keyId] : [],
  );
  if (done.length === 0) {
    return {};
  }
  const counts = keys.flatMap(({ id }): [string, number][] => {
    const count = (before?.[id] ?? 0) + (done.includes(id) ? 1 : 0);
    return count === 0 ? [] : [[id, count]];
  });
  return { restored: Object.fromEntries(counts) };
}

/** If `only` leaves the user out, as far as the reading is believed. */
function scopeAsSeen(current: Case, observed: Seen['observed'], policy: Policy): Scoped {
  const recorded = observed.lag?.outside;
  return recorded === undefined ? scopeOf(current, observed, policy) : { outside: recorded };
}

/** True if the user is on another side of `only` than recorded. Before the first record everybody is inside. */
function isMoved(before: Scoped, after: Scoped): boolean {
  return (before.outside === true) !== (after.outside === true);
}

/** True if people were notified of exactly these keys in these statuses not long ago. Then reminders are enough. */
function isToldOf({ former }: Case, keys: readonly ObservedKey[], now: Instant): boolean {
  return former.some((before) => sameKeys(before.keys, keys) && now < plus(before.until, RETOLD_AFTER));
}

/**
 * The reason for asking again. A key that is Active because a person requested its restore is no surprise, so the
 * restore remains the reason, also if the key was deleted before it could be restored.
 */
function whyAnew({ askedAgain, progress }: Case, { events }: Sightings): AskedAgain {
  const pending = Object.values(progress).some(({ restoring }) => restoring !== undefined);
  const restored = pending || events.some(({ code }) => code === 'restored');
  return askedAgain?.code === 'restored' && restored ? askedAgain : { code: 'keys-changed' };
}

/** S6: people who decide about inactive keys must see their last use, so a new use leads to a new question. */
function heldAgainstUse(draft: Draft, current: Case): Draft {
  const used = keysOff(draft.case).find(({ id, since }) => {
    const use = lastUse(draft.case, id);
    return use > lastUse(current, id) && use > plus(since, ECHO);
  });
  return used === undefined ? draft : voided(draft, { code: 'in-use', keyId: used.id });
}

/** Last use as recorded; empty, and so before every instant, if there is none. */
function lastUse({ keys }: Case, keyId: string): Instant {
  return latest('', ...keys.flatMap(({ id, lastUsed }) => (id === keyId ? knownUse(lastUsed) : [])));
}

function remembered(current: Case, now: Instant, policy: Policy): Case['former'] {
  const { keys, excluded, outside } = current;
  const [shownLast = presentTerms(policy, current)] = (current.shownTerms ?? []).slice(-1);
  const digest = factsDigest(factsOf(current), shownLast);
  const scope = outside === undefined ? {} : { outside };
  const entry = { digest, keys: shown(keys), until: now, excluded, ...scope };
  return [...current.former, entry].slice(-FORMER_KEPT);
}

/** The keys as observed, with the fields that only a newer release knows. An unchanged last use stays as stored. */
export function seenAgain(before: readonly ObservedKey[], keys: readonly ObservedKey[]): ObservedKey[] {
  return keys.map((key) => {
    const was = before.find(({ id }) => id === key.id);
    if (was === undefined) {
      return key;
    }
    return { ...was, ...key, lastUsed: lastUseAgain(was.lastUsed, key.lastUsed) };
  });
}

/** The last use as read now, beside the one that was read before, which it cannot take back if it was not read. */
function lastUseAgain(was: LastUsed, now: LastUsed): LastUsed {
  if (now.kind !== 'not-read') {
    return sameValue({ ...was, ...now }, was) ? was : now;
  }
  if (was.kind !== 'used') {
    return was.kind === 'never' ? now : was;
  }
  const { kind: _used, ...known } = was;
  return { ...now, known };
}

/**
 * The creators of the present keys, including the one that this event names, and of a few that no list shows: a list
 * that goes back in time must not lower a suspicion.
 */
function origins(before: Case['origins'], { origin, evidence, observed, policy }: Seen): Case['origins'] {
  const { userName, keys } = observed;
  const merged = mergedOrigins({ userName, origins: before }, evidence, policy);
  return withFewOthers(keys, withOrigin({ userName, origins: merged }, origin, policy));
}

/** True if the user was observed, has no open case, and needs none. */
export function needsNoCase({ current, observed }: Situation): boolean {
  return observed.kind === 'user' && !isOpen(current) && activeKeys(observed.keys).length <= 1;
}
