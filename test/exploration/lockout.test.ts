/**
 * No setting can lock everybody out: every combination of up to four approvers is refused at synth, told by doctor and AWS
 * Config, or leaves for each key of each case somebody who is told, can be reached, and may decide that it stays.
 *
 * All combinations are played, none is drawn, each set of approvers in one order. Of an approver: `mail` (2), `principals` (4:
 * whoever made the one key, the other, both, neither), on the escalation list or not, and revoked or not, reached or not. Beside
 * them: `selfApproval` (2), and which users are excluded or left out by `only` (4).
 * - Synth: all of it for up to four approvers, 38,760 documents, of which it accepts 10,872.
 * - Who is asked: up to four approvers about four cases, in 11,330 ways, or 32,346 with those who are revoked and still reached.
 * - Who may leave both keys Active until a date, though one of them did so last: up to four approvers at up to four addresses.
 * - Who is told, by judgement itself: all of it, about seven cases, in 2,916 ways for up to two approvers in a sample, 76,120 for up
 *   to three in a share, and 589,744 for up to four at full depth (some ten minutes).
 */
import { describe, expect, it } from 'vitest';
import { policyOf } from '../../functions/adapters/settings.ts';
import { approversInReserve, parseSettings } from '../../functions/contracts/settings.ts';
import { type Case, type KeyOrigin, MACHINES } from '../../functions/core/case/case.ts';
import { giverOf } from '../../functions/core/case/mailed-to.ts';
import { ownKept, ownKeyRule } from '../../functions/core/case/own-key.ts';
import { askedAbout } from '../../functions/core/case/recipients.ts';
import { renewsTheirOwn } from '../../functions/core/case/renewal.ts';
import { addressMark } from '../../functions/core/case/requests.ts';
import { accountVerdict } from '../../functions/core/config/account-verdict.ts';
import { JUDGES } from '../../functions/core/health/judge.ts';
import { judge } from '../../functions/core/judge/judge.ts';
import { activeKeys } from '../../functions/core/model/compliance.ts';
import {
  type Approver,
  type Control,
  currentApprovers,
  type Policy,
} from '../../functions/core/model/policy.ts';
import { DAY, HOUR, plus } from '../../functions/core/model/time.ts';
import { seen, situation } from '../core/judge/scene.ts';
import { atDepth } from '../depth.ts';
import { ACCOUNT, aCase, allOff, granted, inGrace, NEWER, NOW, notNow, OLDER } from '../fakes/cases.ts';

/** One approver as the settings may have them. */
interface Written {
  readonly mail: 'all' | 'none';
  /** The place of their globs in `GLOBS`. */
  readonly globs: number;
  readonly escalated: boolean;
  /** The number of their address; their own place if absent. */
  readonly address?: number;
}

/** Globs of nobody, of whoever made the one key, the other, and both. */
const GLOBS: readonly (readonly string[])[] = [
  [],
  ['arn:aws:iam::*:user/made-newer'],
  ['arn:aws:iam::*:user/made-older'],
  ['arn:aws:iam::*:user/made-*'],
];

const ALL_GLOBS = [0, 1, 2, 3];

const written = (globs: readonly number[], escalated: readonly boolean[]): Written[] =>
  (['all', 'none'] as const).flatMap((mail) =>
    globs.flatMap((at) => escalated.map((listed) => ({ mail, globs: at, escalated: listed }))),
  );

/** All sets of up to `most` of these, which may be in it several times. */
function* sets<T>(from: readonly T[], most: number, chosen: readonly T[] = []): Generator<readonly T[]> {
  yield chosen;
  for (const [place, one] of from.entries()) {
    if (chosen.length < most) {
      yield* sets(from.slice(place), most, [...chosen, one]);
    }
  }
}

/** The settings about users, and what becomes of the one of these tests, who is `svc/ci-deploy`. */
const SCOPES = [
  { setting: {}, is: 'changed' },
  { setting: { only: { users: ['svc/*'] } }, is: 'changed' },
  { setting: { only: { users: ['batch/*'] } }, is: 'observed' },
  { setting: { exclude: { tag: null, users: ['*'] } }, is: 'excluded' },
] as const;
type Scope = (typeof SCOPES)[number];
const EVERYBODY: Scope = SCOPES[0];

const idOf = (place: number) => `a${place}`;
const emailOf = (place: number) => `a${place}@corp.test`;

function document(approvers: readonly Written[], { setting }: Scope, selfApproval: boolean) {
  return {
    region: 'us-east-1',
    accountName: 'prod',
    mode: 'enforce',
    selfApproval,
    approvers: approvers.map(({ mail, globs, address }, place) => ({
      id: idOf(place),
      name: `A${place}`,
      email: emailOf(address ?? place),
      mail,
      principals: GLOBS[globs],
    })),
    escalation: approvers.flatMap(({ escalated }, place) => (escalated ? [idOf(place)] : [])),
    ...setting,
  };
}

/** The reason for which these approvers are refused; null if they are not. */
function wantedRefusal(approvers: readonly Written[]): RegExp | null {
  if (approvers.length === 0) {
    return /^approvers: must name at least one approver/;
  }
  if (!approvers.some(({ mail }) => mail === 'all')) {
    return /^approvers: at least one approver must have "mail": "all"/;
  }
  const alike = approvers.some(({ globs, address }, place) =>
    approvers
      .slice(0, place)
      .some(
        (other) => globs > 0 && other.globs === globs && (address === undefined || other.address !== address),
      ),
  );
  return alike ? /^approvers\[\d\]\.principals\[0\]: ".*" already stands for the approver "a\d"/ : null;
}

function policyFor(approvers: readonly Written[], scope: Scope, selfApproval: boolean): Policy {
  const parsed = parseSettings(document(approvers, scope, selfApproval));
  if (!parsed.ok) {
    throw new Error(parsed.problems.join('; '));
  }
  return policyOf(parsed.settings);
}

const isAccepted = (approvers: readonly Written[]) => wantedRefusal(approvers) === null;

interface State {
  readonly revoked: boolean;
  readonly reached: boolean;
}

const STATES: readonly State[] = [
  { revoked: false, reached: true },
  { revoked: false, reached: false },
  { revoked: true, reached: false },
  { revoked: true, reached: true },
];

/** Who is revoked and still reached is as good as gone. That is played where it costs less: here in a sample only for shared addresses. */
const PRESENT = STATES.slice(0, 3);
const PLAYED = atDepth({ sample: PRESENT, share: STATES, all: STATES });

/** Each way in which these approvers may be revoked and reached. Two who are alike are in one order only. */
function* states(
  approvers: readonly Written[],
  from: readonly State[] = STATES,
  so: readonly State[] = [],
): Generator<readonly State[]> {
  const next = approvers[so.length];
  if (next === undefined) {
    yield so;
    return;
  }
  const before = approvers[so.length - 1];
  const [last] = so.slice(-1);
  const alike = before !== undefined && JSON.stringify(before) === JSON.stringify(next);
  for (const state of from.slice(alike && last !== undefined ? from.indexOf(last) : 0)) {
    yield* states(approvers, from, [...so, state]);
  }
}

const since = plus(NOW, -30 * DAY);
const MARKS = [0, 1, 2, 3].map((place) => addressMark(emailOf(place)));

/** `addresses`: the number of each approver's address. One is reached if it is so for any of them. */
function controlOf(found: readonly State[], addresses: readonly number[] = [0, 1, 2, 3]): Control {
  return {
    pauses: [],
    revoked: found.flatMap(({ revoked }, place) => (revoked ? [idOf(place)] : [])),
    reached: Object.fromEntries(
      found.flatMap(({ reached }, place) => (reached ? [[MARKS[addresses[place] ?? 0] ?? '', since]] : [])),
    ),
  };
}

const isReached = ({ email }: Approver, control: Control) =>
  control.reached?.[addressMark(email)] !== undefined;

const made = (user: string): KeyOrigin => ({
  createdBy: `user/${user}`,
  at: NOW,
  arns: [`arn:aws:iam::${ACCOUNT}:user/team/${user}`],
});
const ORIGINS = [
  {},
  { [NEWER]: made('made-newer'), [OLDER]: made('made-older') },
  { [NEWER]: made('made-newer'), [OLDER]: made('made-newer') },
  { [OLDER]: made('made-older') },
];
const MADE_EACH = { [NEWER]: made('made-newer'), [OLDER]: made('made-older') };
const TWO_ACTIVE = ORIGINS.map((origins) => aCase({ origins }));

/** Cases of which people must hear now. */
const CASES: readonly Case[] = [
  ...ORIGINS.map((origins) => aCase({ origins, toldAt: null, remindedAt: null })),
  // Of a key that is off nobody has decided anew.
  inGrace({}, { origins: MADE_EACH, toldAt: null, decision: null, phase: 'awaiting-decision' }),
  // The kept key is gone, so that none is Active.
  { ...inGrace({}, { origins: MADE_EACH, toldAt: null }), keys: allOff().keys.slice(1) },
  // Nobody has answered for so long that others are asked, too.
  aCase({ origins: MADE_EACH, toldAt: plus(NOW, -8 * DAY), remindedAt: plus(NOW, -8 * DAY) }),
];

/** The people who are told of a case now; within an hour, if they were before: an escalation and a reminder take two evaluations. */
function toldOf(first: Case, policy: Policy, control: Control): { ids: Set<string>; phase?: string } {
  const ids = new Set<string>();
  let current = first;
  for (const now of first.toldAt === null ? [NOW] : [NOW, plus(NOW, HOUR)]) {
    const observed = { ...seen(current.keys), at: now };
    const { next } = judge({ ...situation({ current, observed, policy, control }), now });
    for (const { recipient } of next?.owed ?? []) {
      ids.add(recipient);
    }
    current = { ...(next ?? current), owed: [] };
  }
  ids.delete(MACHINES);
  return { ids, phase: current.phase };
}

/** The fault of what people are told of a case; null if there is none. */
function faultOf(current: Case, scope: Scope, policy: Policy, control: Control): string | null {
  const { ids, phase } = toldOf(current, policy, control);
  if (scope.is === 'excluded' && activeKeys(current.keys).length > 1) {
    return phase === 'excluded' && ids.size === 0 ? null : 'people are asked about an excluded user';
  }
  const late = currentApprovers(policy, control).find(
    ({ id }) => policy.escalation.includes(id) && current.toldAt !== null && !ids.has(id),
  );
  const told = policy.approvers.filter(({ id }) => ids.has(id));
  return late === undefined ? unkept(current, told, policy, control) : `${late.id} is to be asked, too`;
}

/** A key of which nobody among these people who is reached may say that it stays, in words; null if there is none. */
function unkept(current: Case, people: readonly Approver[], policy: Policy, control: Control): string | null {
  const reached = people.filter((one) => isReached(one, control));
  if (reached.length === 0) {
    return 'nobody who is told can be reached';
  }
  const found = activeKeys(current.keys).find(({ id }) => {
    const ruleFor = ownKeyRule(current, id, policy, control);
    return reached.every((one) => ruleFor(one) === 'withheld');
  });
  return found === undefined ? null : `nobody who is told may keep ${found.id}`;
}

/** The fault in what is said of the account; null if there is none. `nobody`: it is said that nobody can be asked. */
function told(policy: Policy, control: Control): { readonly nobody: boolean } | string {
  const left = currentApprovers(policy, control);
  const addresses = MARKS.map((mark) => {
    const state = control.reached?.[mark] === undefined ? ('missing' as const) : ('confirmed' as const);
    return [mark, { state, since }];
  });
  const checked = { checkedAt: NOW, addresses: Object.fromEntries(addresses) };
  const verdict = accountVerdict(checked, { policy, control, now: NOW }).compliance;
  const byDoctor = JUDGES.approvers(control, { policy } as never).length > 0;
  if (byDoctor === left.some(({ mail }) => mail === 'all')) {
    return 'doctor must say that nobody who is mailed is left, and only then';
  }
  const nobody = !left.some((one) => isReached(one, control));
  return (verdict === 'NON_COMPLIANT') === nobody
    ? { nobody }
    : 'AWS Config must show that nobody can be asked, and only then';
}

/** The fault of the settings while some approvers are revoked and mails reach some of them; null if there is none. */
function lockout(policy: Policy, control: Control, fault: () => string | null): string | null {
  const said = told(policy, control);
  if (typeof said === 'string') {
    return said;
  }
  return said.nobody ? null : fault();
}

/** The first fault of several; null if there is none. */
function firstFault<T>(among: readonly T[], fault: (one: T) => string | null): string | null {
  for (const one of among) {
    const found = fault(one);
    if (found !== null) {
      return found;
    }
  }
  return null;
}

describe('every combination of up to four approvers', () => {
  it('is refused with one clear reason, or accepted, whatever else is set', () => {
    const count = { documents: 0, accepted: 0 };
    for (const approvers of sets(written(ALL_GLOBS, [false, true]), 4)) {
      const wanted = wantedRefusal(approvers);
      for (const scope of SCOPES) {
        for (const selfApproval of [false, true]) {
          const parsed = parseSettings(document(approvers, scope, selfApproval));
          const problems = parsed.ok ? [] : parsed.problems;
          count.documents += 1;
          count.accepted += parsed.ok ? 1 : 0;
          if (parsed.ok !== (wanted === null) || (wanted !== null && !wanted.test(problems[0] ?? ''))) {
            expect(problems, JSON.stringify({ approvers, scope })).toBe(wanted);
          }
        }
      }
    }
    // 4,845 sets of up to four of 16 approvers, 4 scopes, with and without selfApproval.
    expect(count).toEqual({ documents: 4_845 * 8, accepted: 10_872 });
  });

  it('leaves somebody who is asked, reached, and may keep each key, or the lack of them is told', () => {
    let played = 0;
    for (const approvers of [...sets(written(ALL_GLOBS, [false]), 4)].filter(isAccepted)) {
      const policies: readonly Policy[] = [false, true].map((self) => policyFor(approvers, EVERYBODY, self));
      for (const found of states(approvers, PLAYED)) {
        const control = controlOf(found);
        for (const policy of policies) {
          played += 1;
          const fault = lockout(policy, control, () =>
            firstFault(TWO_ACTIVE, (one) => unkept(one, askedAbout(one, policy, control), policy, control)),
          );
          if (fault !== null) {
            expect.fail(`${fault}: ${JSON.stringify({ approvers, found, self: policy.selfApproval })}`);
          }
        }
      }
    }
    expect(played).toBe(atDepth({ sample: 11_330, share: 32_346, all: 32_346 }));
  });
});

/** Two approvers in a sample, three in a share, and four at full depth. */
const JUDGED = atDepth({ sample: 2, share: 3, all: 4 });
/** In a sample `selfApproval` is played where all users are changed, and an `only` that has the user not at all. */
const BESIDE = atDepth<(scope: Scope) => readonly boolean[]>({
  sample: (scope) => (scope === EVERYBODY ? [false, true] : scope.is === 'changed' ? [] : [false]),
  share: () => [false, true],
  all: () => [false, true],
});

/** The addresses of approvers who share them. */
const SHARED = atDepth({
  sample: [
    [0, 0],
    [0, 0, 1],
  ],
  share: [
    [0, 0],
    [0, 0, 1],
    [0, 0, 0],
  ],
  all: [
    [0, 0],
    [0, 0, 1],
    [0, 1, 0],
    [0, 1, 1],
    [0, 0, 0],
    [0, 0, 1, 1],
    [0, 0, 0, 1],
  ],
});

describe(`every combination of up to ${JUDGED} approvers`, () => {
  it('has each case told to somebody who is reached and may keep each key, whichever users are changed', () => {
    let played = 0;
    for (const approvers of [...sets(written(ALL_GLOBS, [false, true]), JUDGED)].filter(isAccepted)) {
      const policies = SCOPES.flatMap((scope) =>
        BESIDE(scope).map((self) => [scope, policyFor(approvers, scope, self)] as const),
      );
      for (const found of states(approvers, PRESENT)) {
        const control = controlOf(found);
        for (const [scope, policy] of policies) {
          played += 1;
          const fault = lockout(policy, control, () =>
            firstFault(CASES, (one) => faultOf(one, scope, policy, control)),
          );
          if (fault !== null) {
            expect.fail(
              `${fault}: ${JSON.stringify({ approvers, found, scope, self: policy.selfApproval })}`,
            );
          }
        }
      }
    }
    expect(played).toBe(atDepth({ sample: 2_916, share: 76_120, all: 589_744 }));
  });

  it('is the same if approvers share addresses, who then count as one', () => {
    let played = 0;
    for (const addresses of SHARED) {
      const each = addresses.map((address) =>
        written([0, 1, 3], [false]).map((one) => ({ ...one, address })),
      );
      const all = each.reduce<Written[][]>(
        (so, next) => so.flatMap((some) => next.map((one) => [...some, one])),
        [[]],
      );
      for (const approvers of all.filter(isAccepted)) {
        const policy = policyFor(approvers, EVERYBODY, false);
        for (const found of states(approvers)) {
          const control = controlOf(found, addresses);
          played += 1;
          const fault = lockout(policy, control, () =>
            firstFault(TWO_ACTIVE, (one) => unkept(one, askedAbout(one, policy, control), policy, control)),
          );
          if (fault !== null) {
            expect.fail(`${fault}: ${JSON.stringify({ approvers, found })}`);
          }
        }
      }
    }
    expect(played).toBe(atDepth({ sample: 7_526, share: 18_338, all: 287_982 }));
  });

  it('has doctor name those to whom nobody mails a first link', () => {
    for (const approvers of sets(written([0], [false, true]), 4)) {
      const settings = document(approvers, EVERYBODY, false);
      const mailed = ({ mail, escalated }: Written) => mail === 'all' || escalated;
      expect(approversInReserve(settings)).toEqual(
        approvers.flatMap((one, place) => (mailed(one) ? [] : [idOf(place)])),
      );
    }
  });
});

const BOTH = [NEWER, OLDER];

/** The approvers who are reached and may leave both keys Active until a date, after one of them did so last; nobody if null. */
function mayRenew(current: Case, last: Approver | null, policy: Policy, control: Control): Approver[] {
  const renewed = last === null ? current : { ...current, exceptions: [granted(notNow(giverOf(last)))] };
  return currentApprovers(policy, control).filter(
    (one) =>
      isReached(one, control) &&
      ownKept(current, BOTH, one, policy, control) !== 'withheld' &&
      !renewsTheirOwn(renewed, giverOf(one), BOTH, policy, control),
  );
}

describe('an exception', () => {
  it('may be given and renewed by somebody who is reached, whoever created the keys and gave the last one', () => {
    const all = sets(written(ALL_GLOBS, [false]), 4);
    const groups = [...all].filter((some) => some.length > 0 && some.every(({ mail }) => mail === 'all'));
    let played = 0;
    for (const approvers of groups) {
      for (const addresses of [[0, 1, 2, 3], ...SHARED.filter(({ length }) => length === approvers.length)]) {
        const policy: Policy = {
          ...policyFor([written([0], [false])[0] as Written], EVERYBODY, false),
          approvers: approvers.map(({ globs }, place) => ({
            id: idOf(place),
            name: `A${place}`,
            email: emailOf(addresses[place] ?? place),
            principals: GLOBS[globs] ?? [],
          })),
        };
        for (const found of states(approvers, PRESENT)) {
          const control = controlOf(found, addresses);
          if (!currentApprovers(policy, control).some((one) => isReached(one, control))) {
            continue;
          }
          for (const current of TWO_ACTIVE) {
            for (const last of [null, ...policy.approvers]) {
              played += 1;
              if (mayRenew(current, last, policy, control).length === 0) {
                expect.fail(JSON.stringify({ approvers, addresses, found, last, origins: current.origins }));
              }
            }
          }
        }
      }
    }
    expect(played).toBeGreaterThan(1_000);
  });
});
