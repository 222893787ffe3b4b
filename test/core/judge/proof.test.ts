import { describe, expect, it } from 'vitest';
import { factsOf, formerDigest, shown } from '../../../functions/core/case/facts.ts';
import { mayBe, neededFor, proves } from '../../../functions/core/judge/proof.ts';
import type { Action } from '../../../functions/core/judge/situation.ts';
import { type Control, UNRESTRICTED } from '../../../functions/core/model/policy.ts';
import { DAY, MINUTE, plus } from '../../../functions/core/model/time.ts';
import {
  aCase,
  aDecision,
  confirmedAt,
  inGrace,
  NEWER,
  NOW,
  OLDER,
  POLICY,
  restoringSince,
  THIRD,
} from '../../fakes/cases.ts';
import { asked } from './scene.ts';

const remove: Action = { kind: 'delete', keyId: OLDER };
const back: Action = { kind: 'reactivate', keyId: OLDER };
const confirming = { ...POLICY, deletion: 'on-confirmation' as const };
const keep = { kind: 'keep' as const, keep: NEWER, off: [OLDER], acknowledged: [] };
const restore = { kind: 'restore' as const, keys: [OLDER] };
const confirm = { kind: 'confirm' as const, keys: [OLDER] };
const at = plus(NOW, -MINUTE);
const D = 'd'.repeat(64);

/** Each change with the answer behind it, as it should be. */
const decided = inGrace({}, { decision: aDecision({ digest: D, at }) });
const restoring = inGrace({ restoring: { ...restoringSince(at), proof: D } });
const confirmed = inGrace(
  {},
  { decision: aDecision({ digest: 'e'.repeat(64), confirmed: { ...confirmedAt(at), proof: D } }) },
);
const BY_LEAD = { recipient: 'platform-lead', address: decided.decision?.address ?? '' };
const CHANGES = {
  decided: { current: decided, action: remove, policy: POLICY, ask: keep, claim: BY_LEAD },
  restoring: { current: restoring, action: back, policy: POLICY, ask: restore, claim: {} },
  confirmed: { current: confirmed, action: remove, policy: confirming, ask: confirm, claim: {} },
} as const;

type Change = (typeof CHANGES)[keyof typeof CHANGES];

/** True if this answer proves the change. */
function said(
  { current, action, policy, control = UNRESTRICTED }: Change & { readonly control?: Control },
  ...answer: Parameters<typeof asked>
): boolean {
  const needed = neededFor(current, action, policy)?.at(-1);
  return (
    needed !== undefined && proves(current, action, needed, asked(...answer), { policy, control, now: NOW })
  );
}

describe.each(Object.entries(CHANGES))('an answer behind a change: %s', (_name, change) => {
  const { current, ask, claim } = change;
  const stored = { digest: D, at };

  it('is enough, given by that person at that moment on that page', () => {
    expect(said(change, current, ask, claim, stored)).toBe(true);
  });

  it('is not enough if the table was restored from a backup since then', () => {
    const under = (answersFrom: string) => ({ ...change, control: { ...UNRESTRICTED, answersFrom } });
    expect(said(under(plus(at, 1)), current, ask, claim, stored)).toBe(false);
    expect(said(under(at), current, ask, claim, stored)).toBe(true);
  });

  it.each<[string, Parameters<typeof asked>]>([
    ['nobody signed it', [current, ask, null, stored]],
    ['somebody else gave it', [current, ask, { ...claim, recipient: 'somebody' }, stored]],
    ['their address was another', [current, ask, { ...claim, address: 'f'.repeat(16) }, stored]],
    ['it is about another account', [current, ask, { ...claim, account: '210987654321' }, stored]],
    ['it is about another user', [current, ask, { ...claim, userId: 'AIDAOTHER' }, stored]],
    ['it is about another case', [current, ask, { ...claim, caseNumber: 9 }, stored]],
    ['it is about another page', [current, ask, claim, { ...stored, digest: 'f'.repeat(64) }]],
    ['it was given at another moment', [current, ask, claim, { ...stored, at: NOW }]],
    ['the link allows nothing', [current, ask, { ...claim, purpose: 'view' }, stored]],
    ['the link had expired', [current, ask, { ...claim, expires: plus(at, -1) }, stored]],
  ])('is not, if %s', (_what, answer) => {
    expect(said(change, ...answer)).toBe(false);
  });
});

it.each([
  ['a decision', CHANGES.decided, { ...keep, off: [THIRD] }],
  ['a decision to keep another key', CHANGES.decided, { ...keep, keep: THIRD }],
  ['a restore', CHANGES.restoring, { ...restore, keys: [THIRD] }],
  ['a confirmation', CHANGES.confirmed, { ...confirm, keys: [THIRD] }],
  ['a restore instead of a decision', CHANGES.decided, restore],
])('%s about another key is none', (_what, change, ask) => {
  expect(said(change, change.current, ask, change.claim, { digest: D, at })).toBe(false);
});

it('a decision that acknowledges more than the answer did rests on none', () => {
  const current = inGrace({}, { decision: aDecision({ digest: D, at, acknowledged: [OLDER] }) });
  const change = { ...CHANGES.decided, current };
  expect(said(change, current, keep, BY_LEAD, { digest: D, at })).toBe(false);
  expect(said(change, current, { ...keep, acknowledged: [OLDER] }, BY_LEAD, { digest: D, at })).toBe(true);
});

it('a restore that is too old rests on none', () => {
  const old = plus(NOW, -POLICY.decisionValid - 1);
  const current = inGrace({ restoring: { ...restoringSince(old), proof: D } });
  const change = { ...CHANGES.restoring, current };
  expect(said(change, current, restore, {}, { digest: D, at: old })).toBe(false);
});

describe('what a change rests on', () => {
  it('a deletion that needs a confirmation rests on two answers', () => {
    expect(neededFor(confirmed, remove, confirming)?.map(({ kind }) => kind)).toEqual(['keep', 'confirm']);
    expect(neededFor(confirmed, { ...remove, kind: 'deactivate' }, confirming)).toHaveLength(1);
    expect(neededFor(decided, remove, confirming), 'nobody confirmed it').toBe(null);
  });

  it('what the case does not name, nobody asked for', () => {
    expect(neededFor(aCase(), back, POLICY)).toBe(null);
    expect(neededFor(aCase(), remove, POLICY)).toBe(null);
  });

  it('what release 0.2.0 recorded without a digest is looked for among its earlier questions', () => {
    const question = aCase({ asking: 3 });
    const former = [{ digest: '', keys: shown(question.keys), until: NOW }];
    const current = inGrace({ restoring: restoringSince(at) }, { asking: 5, former });
    const [needed] = neededFor(current, back, POLICY) ?? [];
    const { request } = asked(question, restore, {}, { digest: formerDigest(factsOf(question)), at });
    expect(needed !== undefined && mayBe(needed, request)).toBe(true);
    expect(needed !== undefined && mayBe(needed, { ...request, at: plus(at, DAY) })).toBe(false);
    expect(needed?.digests).toHaveLength(10);
  });
});
