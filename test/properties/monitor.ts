import { expect } from 'vitest';
import type { Mail } from '../../functions/app/ports.ts';
import { type Case, keysOfOurs } from '../../functions/core/case/case.ts';
import { type Decision, keptBy, keptKeys } from '../../functions/core/case/decision.ts';
import { isFor } from '../../functions/core/case/mailed-to.ts';
import { type Ask, addressMark, isChoosing } from '../../functions/core/case/requests.ts';
import { lastFour } from '../../functions/core/model/observation.ts';
import type { Deletion } from '../../functions/core/model/policy.ts';
import { type Instant, MINUTE, plus, type Seconds, secondsBetween } from '../../functions/core/model/time.ts';
import type { ChangeWindow } from '../../functions/core/model/window.ts';
import { mailedWith } from '../fakes/claims.ts';
import type { TrueUser, WriteSeen } from '../fakes/iam.ts';
import type { MemoryWorld } from '../fakes/world.ts';

/** What a page said to the person who had it open. */
export interface ShownPage {
  readonly number: number;
  readonly asking: number;
  readonly deletion: Deletion;
  readonly grace: Seconds;
  readonly inUse: readonly string[];
}

/** An answer that was recorded, with the page on which it was given. */
export interface Given {
  readonly kind: Ask['kind'];
  readonly by: string;
  readonly at: Instant;
  readonly keys: readonly string[];
  /** Digest of the page, as posted. */
  readonly facts: string;
  readonly ticked: boolean;
  /** True if it says that somebody else may have the keys to deactivate. */
  readonly compromised: boolean;
  readonly page: ShownPage;
}

/** What the monitor remembers by itself, from the writes it saw and from what people did. */
export interface Memory {
  /** Every answer with its page; null where nobody keeps pages, and what is stored has to do. */
  readonly answers: Given[] | null;
  /** Our deactivations that last, by key: when, and for which decision (its digest). */
  readonly switchedOff: Map<string, { readonly at: Instant; readonly digest: string }>;
  /** When the owner switched a key on again by hand. */
  readonly byHand: Map<string, Instant>;
  /** Keys of ours that the owner switched on and that no look has seen Active since. */
  readonly unseen: Map<string, { readonly at: Instant; readonly digest: string }>;
  /** The latest time in which such a key was on, by key, once the owner switched it off again. */
  readonly wasOn: Map<string, { readonly from: Instant; readonly to: Instant }>;
  /** When we switched off or deleted any key. */
  readonly changes: Instant[];
  /** When we last brought a key back. */
  readonly broughtBack: Map<string, Instant>;
  /** The change windows that were deployed, and since when. */
  readonly windows: { readonly from: Instant; readonly window: ChangeWindow | null }[];
}

/** A claim made just before something changed is carried out within this time: the longest that a function runs. */
const UNDER_WAY = MINUTE;

/**
 * Holds every write against the safety rules at the very moment it reaches IAM, knowing only the truth, the table and
 * what it saw itself. It shares no rule with the code under test.
 */
export function watchSafety(m: MemoryWorld, pages = false): Memory {
  const memory: Memory = {
    answers: pages ? [] : null,
    switchedOff: new Map(),
    byHand: new Map(),
    unseen: new Map(),
    wasOn: new Map(),
    changes: [],
    broughtBack: new Map(),
    windows: [{ from: '', window: m.world.policy.changeWindow }],
  };
  m.iam.watchers.push((write, user) => {
    const current = user === undefined ? null : m.caseOf(user.userId);
    expect(user?.userName, 'S2: the present name').toBe(write.userName);
    if (user === undefined || current === null) {
      throw new Error('a write without a case');
    }
    permitted(m, user);
    if (write.kind === 'reactivate') {
      memory.switchedOff.delete(write.keyId);
      memory.broughtBack.set(write.keyId, write.at);
      return restoreAllowed(m, current, write, memory);
    }
    inMeasure(m, write, memory);
    const { decision } = current;
    if (decision === null) {
      throw new Error('S1: a change without a decision');
    }
    decided(m, decision, memory);
    const given = answerBehind(m, decision, memory);
    expect(
      given.compromised || inWindow(m.world.policy.changeWindow, write.at),
      'S8: not outside the change window',
    ).toBe(true);
    targeted(m, decision, write, user);
    expectedSet(m, decision, write, user, memory);
    if (write.kind === 'deactivate') {
      quiet(m, decision, given, write, user);
      memory.unseen.delete(write.keyId);
      // Until a write lands, it is one that got no answer.
      if (!write.later) {
        memory.switchedOff.set(write.keyId, { at: write.at, digest: decision.digest });
      }
    } else {
      deletable(m, decision, given, write, user, memory);
    }
    const hand = memory.byHand.get(write.keyId);
    if (hand !== undefined) {
      expect(decision.at >= hand, 'S7: decided anew after a reactivation by hand').toBe(true);
    }
  });
  m.iam.landings.push((called, key) => {
    if (called.kind === 'delete') {
      const back = memory.broughtBack.get(called.keyId) ?? '';
      expect(back > called.at, 'a key brought back is not hit by an earlier call to delete it').toBe(false);
    }
    if (called.kind === 'deactivate' && key.status === 'Active') {
      memory.switchedOff.set(called.keyId, { at: m.clock.now(), digest: '' });
    }
  });
  return memory;
}

/** Whatever was seen or lost on the way: a key that we switched off, and that is off, can be brought back. */
export function remembers(m: MemoryWorld, memory: Memory, userId: string): void {
  const { switchedOff } = memory;
  const current = m.caseOf(userId);
  if (current === null || current.phase === 'closed') {
    return;
  }
  for (const { id, status } of m.iam.users.get(userId)?.keys ?? []) {
    const off = switchedOff.get(id)?.at;
    const closed = (at: Instant) =>
      m.table.history.get(userId)?.some((entry) => entry.at >= at && entry.changes.phase === 'closed');
    if (
      status === 'Inactive' &&
      off !== undefined &&
      closed(off) !== true &&
      !seenOn(m, memory, userId, id)
    ) {
      // A call without an answer is remembered as well.
      const known = [
        ...keysOfOurs(current),
        ...Object.keys(current.progress).filter((key) => current.progress[key]?.deactivating !== undefined),
      ];
      expect(known, 'a key of ours that is off is not forgotten').toContain(id);
    }
  }
}

/**
 * True if a look that went back in time saw the key as the owner had it for a while, Active: since then it is the owner who
 * switched it off. Such a look need not change anything, because it may as well go back to before our deactivation.
 */
function seenOn({ iam }: MemoryWorld, { wasOn }: Memory, userId: string, keyId: string): boolean {
  const on = wasOn.get(keyId);
  return (
    on !== undefined &&
    iam.listings.some(
      (seen) =>
        seen.userId === userId && seen.asOf >= on.from && seen.asOf < on.to && !seen.inactive.includes(keyId),
    )
  );
}

/** Nothing at all may be written about this user. */
function permitted(m: MemoryWorld, user: TrueUser): void {
  const { mode, exclude } = m.world.policy;
  expect(mode, 'S8: nothing is changed in observe mode').toBe('enforce');
  const { tag } = exclude;
  expect(tag !== null && user.tags[tag.key] === tag.value, 'S9: an excluded user is never changed').toBe(
    false,
  );
}

/** Counts by the clock hour in which a claim must have been made, whatever it took to carry it out. */
function inMeasure(m: MemoryWorld, { at }: WriteSeen, { changes }: Memory): void {
  changes.push(at);
  const hour = (instant: Instant) => instant.slice(0, 13);
  const same = changes.filter(
    (one) => hour(one) === hour(at) && hour(plus(one, -UNDER_WAY)) === hour(at) && one <= at,
  );
  expect(same.length, 'S8: so many changes an hour').toBeLessThanOrEqual(m.world.policy.changesPerHour);
  const pause = m.table.state.control.pauses.at(-1);
  const paused = pause !== undefined && pause.to === null;
  expect(paused && secondsBetween(pause.from, at) >= UNDER_WAY, 'S8: not while paused').toBe(false);
}

/** A clock on the wall of whoever set the window, with the day of the week. */
const CLOCKS = new Map<string, Intl.DateTimeFormat>();

function inWindow(changeWindow: ChangeWindow | null, at: Instant): boolean {
  if (changeWindow === null) {
    return true;
  }
  const { days, from, to, zone: timeZone } = changeWindow;
  const two = '2-digit';
  const face = { timeZone, weekday: 'short', hour: two, minute: two, hourCycle: 'h23' } as const;
  const clock = CLOCKS.get(timeZone) ?? new Intl.DateTimeFormat('en-US', face);
  CLOCKS.set(timeZone, clock);
  const shown = Object.fromEntries(
    clock.formatToParts(Date.parse(at)).map(({ type, value }) => [type, value]),
  );
  const minute = Number(shown.hour) * 60 + Number(shown.minute);
  return (
    days.some((day) => day === shown.weekday?.toLowerCase()) &&
    minute >= from.hour * 60 + from.minute &&
    minute < to.hour * 60 + to.minute
  );
}

function restoreAllowed(m: MemoryWorld, current: Case, write: WriteSeen, memory: Memory): void {
  const { restoring } = current.progress[write.keyId] ?? {};
  expect(restoring, 'S1: a restore was asked for').toBeDefined();
  expect(m.table.state.control.revoked, 'S1: by an approver still').not.toContain(restoring?.by);
  notFromBackup(m, restoring?.at ?? '');
  const asked = answersOf(m, memory).find(
    ({ kind, keys, by, at }) =>
      kind === 'restore' && keys.includes(write.keyId) && by === restoring?.by && at === restoring.at,
  );
  expect(asked, 'S1: that person asked for this key at that moment').toBeDefined();
  expect(asked?.page.number, 'S1: in this case').toBe(current.number);
  expect(asked?.page.asking, 'S1: under a question that this answered').toBeLessThan(current.asking);
  const late = plus(asked?.at ?? '', m.world.policy.decisionValid + UNDER_WAY);
  expect(write.at <= late, 'S1: not older than its validity').toBe(true);
}

/** All answers; those in the table, as if each page had shown the settings of now, where nobody keeps pages. */
function answersOf({ table, world }: MemoryWorld, { answers }: Memory): Given[] {
  if (answers !== null) {
    return answers;
  }
  const { deletion, grace } = world.policy;
  return [...table.requests.values()].map(({ ask, at, payload, digest: facts }) => {
    const through = mailedWith(payload, world.policy);
    const chosen = isChoosing(ask) ? ask : null;
    const inUse = chosen?.acknowledged ?? [];
    const compromised = chosen?.reason === 'compromised';
    const page = { number: through?.claim.caseNumber ?? 0, asking: -1, deletion, grace, inUse };
    const keys = isChoosing(ask) ? keptKeys(ask) : ask.keys;
    const by = through?.recipient ?? '';
    return { kind: ask.kind, by, at, keys, facts, ticked: true, compromised, page };
  });
}

/** What the person was shown who decided this. */
function answerBehind(m: MemoryWorld, { kind, by, at, digest }: Decision, memory: Memory): Given {
  const given = answersOf(m, memory).find(
    (one) => one.kind === kind && one.by === by && one.at === at && one.facts === digest,
  );
  if (given === undefined) {
    throw new Error('S1: nobody gave this answer');
  }
  return given;
}

/** An answer that the table of a backup had is void. */
function notFromBackup({ table }: MemoryWorld, at: Instant): void {
  const { answersFrom = '' } = table.state.control;
  expect(at >= answersFrom, 'S1: not given before the table was restored from a backup').toBe(true);
}

function decided(m: MemoryWorld, decision: Decision, memory: Memory): void {
  notFromBackup(m, decision.at);
  const { decisionValid } = m.world.policy;
  expect(
    m.table.decisions.some(({ digest }) => digest === decision.digest),
    'S1: a decision record',
  ).toBe(true);
  const request = [...m.table.requests.values()].find(({ digest }) => digest === decision.digest);
  const { kind } = decision;
  const posted =
    kind === 'keep'
      ? { kind, keep: decision.keep }
      : kind === 'none'
        ? { kind }
        : { kind, spare: decision.spare, until: decision.until };
  expect(request?.ask, 'S1: what the person posted').toMatchObject(posted);
  const off = request !== undefined && isChoosing(request.ask) ? request.ask.off : [];
  expect([...decision.remove].sort(), 'S1: these keys, in any order').toEqual([...off].sort());
  const sent = mailedWith(request?.payload ?? '');
  expect(sent !== null && isFor(sent.claim, decision), 'S1: through the link sent to that person').toBe(true);
  if (decision.carriedOutAt === m.clock.now()) {
    expect(m.table.state.control.revoked, 'S1: an approver still').not.toContain(decision.by);
    const ends = plus(decision.at, decisionValid + madeToWait(m, decision.at, memory));
    expect(m.clock.now() <= ends, 'S1: not older than its validity').toBe(true);
    expect(m.table.state.control.pauses.at(-1)?.to, 'S8: not while paused').not.toBe(null);
  }
}

/**
 * Pauses since then, and the time for which the window was closed, at most thirty days; all thirty if an hour's changes were used up,
 * since nobody says how long that held.
 */
function madeToWait({ table, clock }: MemoryWorld, since: Instant, memory: Memory): Seconds {
  const pauses = table.state.control.pauses.map(({ from, to }) =>
    Math.max(0, secondsBetween(from > since ? from : since, to ?? clock.now())),
  );
  const most = 30 * 24 * 60 * MINUTE;
  const full = [...table.spent].some(([hour, used]) => used > 0 && hour >= since.slice(0, 13));
  return full
    ? most
    : Math.min(
        most,
        pauses.reduce((sum, one) => sum + one, closedSince(memory, since, clock.now())),
      );
}

/** Rounded up to steps in which nobody sees a wait begin or end. A pause at a time at which the window is closed counts twice here. */
const STEP = 60 * MINUTE;

function closedSince({ windows }: Memory, since: Instant, now: Instant): Seconds {
  let closed = 0;
  let wasOpen = false;
  for (let at = since; windows.some(({ window }) => window !== null) && at < now; at = plus(at, STEP)) {
    const isOpen = inWindow(windows.findLast(({ from }) => from <= at)?.window ?? null, at);
    closed += wasOpen && isOpen ? 0 : STEP;
    wasOpen = isOpen;
  }
  return closed;
}

function targeted(m: MemoryWorld, decision: Decision, write: WriteSeen, user: TrueUser): void {
  const listed = write.kind === 'deactivate' ? decision.deactivate : decision.remove;
  expect(listed, 'S2: listed for exactly this').toContain(write.keyId);
  const status = (id: string) => user.keys.find((key) => key.id === id)?.status;
  switch (decision.kind) {
    case 'keep':
      expect(write.keyId, 'S3: never the kept key').not.toBe(decision.keep);
      expect(status(decision.keep), 'S3: the kept key is Active').toBe('Active');
      break;
    case 'not-now': {
      const { spare, until, at } = decision;
      expect(spare.length, 'S3: an exception leaves at least two keys').toBeGreaterThan(1);
      expect(spare, 'S3: never a key that is left').not.toContain(write.keyId);
      expect(spare.map(status), 'S3: all keys that are left are Active').toEqual(spare.map(() => 'Active'));
      expect(write.at < plus(until, UNDER_WAY), 'law 4: not after the end of the exception').toBe(true);
      expect(until <= plus(at, m.world.policy.exceptionMaximum), 'law 4: for no longer than allowed').toBe(
        true,
      );
      break;
    }
    case 'none':
      expect(decision.deactivate, 'S3: names every key that was Active').toEqual(decision.shownActive);
      expect(decision.remove, 'S3: and deletes no fewer').toEqual(
        expect.arrayContaining([...decision.shownActive]),
      );
  }
  // A deletion whose answer was lost may be repeated on a key that is gone: IAM then changes nothing.
  const expected = write.kind === 'deactivate' ? ['Active'] : ['Inactive'];
  expect(expected, 'S3: the target in its expected status').toContain(status(write.keyId));
}

function expectedSet(
  m: MemoryWorld,
  decision: Decision,
  write: WriteSeen,
  user: TrueUser,
  memory: Memory,
): void {
  const unanswered = (id: string) =>
    m.iam.lost.some(({ kind, keyId }) => kind === 'deactivate' && keyId === id);
  const active = user.keys.filter((key) => key.status === 'Active').map((key) => key.id);
  const left = decision.shownActive.filter((id) => {
    if (id === write.keyId) {
      return write.kind === 'deactivate';
    }
    return (
      memory.switchedOff.get(id)?.digest !== decision.digest && !(unanswered(id) && !active.includes(id))
    );
  });
  expect(active.sort(), 'S5: exactly the shown set less what this decision switched off').toEqual(
    [...left].sort(),
  );
}

/** The last use of this key was read just now, and the reading went back in time: nobody can know better. */
function isStale(m: MemoryWorld, keyId: string): boolean {
  return m.iam.staleUses.get(keyId) === m.clock.now();
}

function quiet(m: MemoryWorld, decision: Decision, given: Given, write: WriteSeen, user: TrueUser): void {
  if (given.compromised || (given.ticked && given.page.inUse.includes(write.keyId))) {
    return;
  }
  expect(m.iam.state.usesUnreadable, 'S6: not on a last use that nobody could read').toBe(false);
  const used = user.keys.find((key) => key.id === write.keyId)?.lastUsed;
  if (used?.kind !== 'used' || isStale(m, write.keyId)) {
    return;
  }
  expect(used.at <= decision.at, 'S6: not used since the decision').toBe(true);
  expect(used.at <= plus(m.clock.now(), -m.world.policy.quietPeriod), 'S6: quiet').toBe(true);
}

/** What the settings say about deletions, and what the page said on which it was decided. */
function allowed(
  m: MemoryWorld,
  decision: Decision,
  { page }: Given,
  { keyId }: WriteSeen,
  memory: Memory,
): void {
  const terms = [m.world.policy.deletion, page.deletion];
  expect(terms, 'law 4: no deletion at all').not.toContain('never');
  const seen = decision.kind === 'keep' || m.world.policy.usage === null;
  if (!terms.includes('on-confirmation') && seen) {
    return;
  }
  const { confirmed } = decision;
  const asked = answersOf(m, memory).some(
    ({ kind, keys, by, at }) =>
      kind === 'confirm' && keys.includes(keyId) && at === confirmed?.at && by === confirmed.by,
  );
  expect(asked, 'S1: a person confirmed the deletion of this key').toBe(true);
}

function deletable(
  m: MemoryWorld,
  decision: Decision,
  given: Given,
  write: WriteSeen,
  user: TrueUser,
  memory: Memory,
): void {
  allowed(m, decision, given, write, memory);
  const grace = Math.max(m.world.policy.grace, given.page.grace);
  const now = m.clock.now();
  // An attempt without an answer, then seen off: nobody can tell whether it was us (docs/adr), so it counts as ours.
  const unanswered = m.iam.lost.findLast(
    ({ kind, keyId }) => kind === 'deactivate' && keyId === write.keyId,
  )?.at;
  const off = memory.switchedOff.get(write.keyId)?.at ?? unanswered;
  if (off === undefined) {
    throw new Error('S4: deletes only what this case switched off');
  }
  expect(now >= plus(off, grace), 'S4: the grace period is over').toBe(true);
  for (const until of keptInactive(m, user, write.keyId, off)) {
    expect(now >= until, 'S4: no exception puts the deletion off').toBe(true);
  }
  expect(m.table.state.control.pauses.at(-1)?.to, 'S8: not while paused').not.toBe(null);
  const committed = m.caseOf(user.userId)?.progress[write.keyId]?.deleting ?? now;
  const sightings = m.iam.listings.filter(
    ({ userId, at, inactive }) => userId === user.userId && at >= committed && inactive.includes(write.keyId),
  );
  const [firstSeen = now] = sightings.map(({ at }) => at);
  const apart = secondsBetween(firstSeen, sightings.at(-1)?.at ?? now);
  expect(apart, 'S4: seen off twice after it was committed').toBeGreaterThanOrEqual(m.world.policy.settle);
  expect(m.iam.state.usesUnreadable, 'S6: not on a last use that nobody could read').toBe(false);
  const used = user.keys.find((key) => key.id === write.keyId)?.lastUsed;
  if (used?.kind === 'used' && !isStale(m, write.keyId)) {
    const fine = used.at <= plus(off, 15 * MINUTE) || used.at <= decision.at;
    expect(fine, 'S6: not used after it was switched off').toBe(true);
  }
  workMoved(m, decision, write, user, off, memory);
  const lead = Math.min(24 * 60 * MINUTE, grace / 2);
  const resumed = m.table.state.control.pauses.at(-1)?.to ?? off;
  const announced = m.mails.some(
    (mail) =>
      decidesStill(m, mail) &&
      /delet/i.test(mail.subject) &&
      mail.body.includes(lastFour(write.keyId)) &&
      mail.at > off &&
      mail.at >= resumed &&
      mail.at <= plus(now, -lead),
  );
  expect(announced, 'S13: announced long enough before to somebody who decides still').toBe(true);
}

/** The dates until which people kept a key inactive, in the answers that were taken up since it is off. */
function keptInactive({ table }: MemoryWorld, { userId }: TrueUser, keyId: string, off: Instant): Instant[] {
  return (table.history.get(userId) ?? [])
    .filter(({ at }) => at >= off)
    .flatMap(({ events }) => events)
    .flatMap((event) =>
      event.code === 'kept-inactive' && event.keyId === keyId ? (event.detail ?? []) : [],
    );
}

/**
 * A key that was in use: whoever called with it did so with the kept key since, or a person confirmed. The deactivation counts
 * from when it was seen.
 */
function workMoved(
  m: MemoryWorld,
  decision: Decision,
  { keyId }: WriteSeen,
  user: TrueUser,
  off: Instant,
  memory: Memory,
): void {
  if (m.world.policy.usage === null || isStale(m, keyId)) {
    return;
  }
  const seenOff = m.caseOf(user.userId)?.progress[keyId]?.deactivated ?? off;
  const since = seenOff > off ? seenOff : off;
  const own = m.trail.calls.filter((call) => call.keyId === keyId);
  const lastUsed = user.keys.find((key) => key.id === keyId)?.lastUsed;
  const uses = [...own.map(({ at }) => at), ...(lastUsed?.kind === 'used' ? [lastUsed.at] : [])];
  const confirmed = answersOf(m, memory).some(
    ({ kind, keys, by, at }) =>
      kind === 'confirm' &&
      keys.includes(keyId) &&
      at === decision.confirmed?.at &&
      by === decision.confirmed.by,
  );
  if (confirmed || !uses.some((at) => at >= plus(since, -30 * 24 * 60 * MINUTE))) {
    return;
  }
  const consumers = [...new Set(own.map(({ by }) => by))];
  const missing = consumers.filter(
    (by) =>
      !m.trail.calls.some((call) => call.keyId === keptBy(decision) && call.by === by && call.at >= off),
  );
  expect(consumers.length, 'S14: of a use that nobody could see a person is asked').toBeGreaterThan(0);
  expect(missing, 'S14: whoever used the key was seen with the kept key, or a person confirmed').toEqual([]);
}

/** Whoever got this mail is an approver now, under the address to which it went. */
function decidesStill(m: MemoryWorld, { recipient, address }: Mail): boolean {
  const person = m.world.policy.approvers.find(({ id }) => id === recipient);
  const { revoked } = m.table.state.control;
  return person !== undefined && !revoked.includes(recipient) && addressMark(person.email) === address;
}
