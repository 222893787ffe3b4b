import { describe, expect, test } from 'vitest';
import { isAnyAlarmed, typedBecause } from '../../../functions/core/case/alarmed-key.ts';
import type { Case } from '../../../functions/core/case/case.ts';
import { exposureOf, NOTHING_EXPOSED } from '../../../functions/core/case/exposure.ts';
import { wantOf } from '../../../functions/core/case/list-rank.ts';
import { linkPurpose } from '../../../functions/core/case/notices.ts';
import { mailClass } from '../../../functions/core/channel/urgency.ts';
import {
  evidenceToHandOn,
  evidenceToKeep,
  exposureEvents,
  isAlarming,
} from '../../../functions/core/judge/evidence.ts';
import type { Judgement } from '../../../functions/core/judge/situation.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { harmlessProposal } from '../../../functions/core/proposal/harmless.ts';
import { waitFor } from '../../../functions/core/proposal/wait.ts';
import {
  ACCOUNT,
  aCase,
  aDecision,
  inGrace,
  key,
  NEWER,
  NOW,
  newer,
  OLDER,
  older,
  POLICY,
  THIRD,
  USER_ID,
} from '../../fakes/cases.ts';
import { codes, judged, seen, situation } from './scene.ts';

const fresh = [older(), key(THIRD, 'Active', { created: plus(NOW, -HOUR) })];
const report = (keyId: string, at = NOW) => exposureOf({ kind: 'key', keyId, at });
const QUARANTINED = exposureOf({ kind: 'user', at: NOW });
const kinds = ({ next }: Judgement) => [...new Set(next?.owed.map(({ kind }) => kind))];
const rested = ({ next }: Judgement): Case => ({ ...(next ?? aCase()), owed: [], lease: null });

describe('an exposed key', () => {
  test.each([
    ['reported', report(OLDER), ['opened', 'exposed']],
    ['quarantined', QUARANTINED, ['opened', 'quarantined']],
  ])('that is %s leaves no rotation window: people are asked at once', (_how, exposed, events) => {
    const begun = judged({ current: null, observed: seen(fresh), exposed });
    expect(begun).toMatchObject({
      rule: 'awaiting',
      next: { phase: 'awaiting-decision', toldAt: NOW, exposed },
    });
    expect(codes(begun).slice(0, 2)).toEqual(events);
    expect(kinds(begun)).toEqual(['detected']);
    const again = judged({ current: rested(begun), observed: seen(fresh), exposed, now: plus(NOW, MINUTE) });
    expect(again.next).toBeNull();
  });

  test('ends a rotation, and the proposal to wait for it', () => {
    const begun = judged({ current: null, observed: seen(fresh) });
    expect(begun).toMatchObject({ rule: 'rotating' });
    const late = judged({ current: rested(begun), observed: seen(fresh), exposed: report(OLDER) });
    expect(late.next).toMatchObject({ phase: 'awaiting-decision', toldAt: NOW });
    expect(waitFor({ ...rested(late), phase: 'rotating' }, POLICY, NOW)).toBeNull();
  });

  test('is told of once more if the question was put before, and only once', () => {
    const current = aCase();
    const told = judged({ current, exposed: report(OLDER) });
    expect(kinds(told)).toEqual(['detected']);
    expect(told.next?.alarmed).toEqual({ number: current.number, creators: {}, exposed: [OLDER] });
    expect(codes(told)).toContain('exposed');
    expect(judged({ current: rested(told), exposed: report(OLDER), now: plus(NOW, HOUR) }).next).toBeNull();
    const both = judged({ current: rested(told), exposed: report(NEWER), now: plus(NOW, HOUR) });
    expect(both.next?.alarmed?.exposed).toEqual([OLDER, NEWER]);
    expect(kinds(both)).toEqual(['detected']);
  });

  test('was not told in this case, if people were told in an earlier one', () => {
    const current = aCase({ exposed: report(OLDER), alarmed: { number: 1, creators: {}, exposed: [OLDER] } });
    expect(kinds(judged({ current }))).toEqual(['detected']);
    const same = aCase({
      exposed: report(OLDER),
      alarmed: { number: current.number, creators: {}, exposed: [OLDER] },
    });
    expect(judged({ current: same }).next).toBeNull();
  });

  test('of which a release told that did not know exposure is news', () => {
    const current = aCase({ exposed: report(OLDER), alarmed: { number: 3, creators: {} } });
    expect(kinds(judged({ current }))).toEqual(['detected']);
  });

  test('decides nothing: a decision is carried out, and a kept key stays kept (S15)', () => {
    const current = aCase({ phase: 'approved', decision: aDecision() });
    const exposed = report(aDecision().kind === 'keep' ? NEWER : OLDER);
    const [with_, without] = [judged({ current, exposed }), judged({ current })];
    expect(with_).toMatchObject({ rule: without.rule, action: without.action });
    expect(with_.next?.decision).toEqual(without.next?.decision);
  });

  test('outlives the case, and is recorded while the user cannot be read', () => {
    const closed = aCase({
      phase: 'closed',
      closedAs: 'by-owner',
      exposed: report(OLDER),
      phaseSince: plus(NOW, -9 * DAY),
    });
    const next = judged({ current: closed });
    expect(next.next).toMatchObject({ number: closed.number + 1, exposed: report(OLDER), toldAt: NOW });
    expect(codes(next)).not.toContain('exposed');
    const unread = judged({
      observed: { kind: 'unknown', why: 'denied', account: ACCOUNT, userId: USER_ID, at: NOW },
      exposed: report(OLDER),
    });
    expect(unread.next).toMatchObject({ exposed: report(OLDER) });
    expect(codes(unread)).toContain('exposed');
  });

  test('is an alarm: first in the list, mailed as urgent, and nothing for a list link', () => {
    const current = aCase({ exposed: report(OLDER) });
    expect(wantOf(current, POLICY)).toBe('alarm');
    expect(mailClass('reminder', current, POLICY)).toBe('urgent');
    expect(mailClass('deactivated', current, POLICY)).toBe('ordinary');
    expect(harmlessProposal(current, {}, POLICY, NOW)).toBeNull();
  });

  test('comes back only if it is typed, and no mail has a link to restore it', () => {
    const off = inGrace({}, { exposed: report(OLDER) });
    expect(typedBecause(off, OLDER, POLICY)).toBe('exposed');
    expect(typedBecause(off, NEWER, POLICY)).toBeNull();
    expect(isAnyAlarmed(off, POLICY)).toBe(true);
    expect(linkPurpose('deactivated', off, POLICY)).toBe('decide');
    expect(typedBecause({ ...off, compromised: [OLDER] }, OLDER, POLICY)).toBe('compromised');
    expect(typedBecause(inGrace({}, { exposed: QUARANTINED }), OLDER, POLICY)).toBe('exposed');
  });
});

describe('evidence beside a case', () => {
  const none = { case: null, evidence: {} };
  const single = seen([newer()]);

  test('is kept for a user with one key, who needs no case', () => {
    const exposed = report(NEWER);
    expect(evidenceToKeep(situation({ current: null, observed: single, exposed }), none)).toEqual({
      exposed,
    });
    expect(
      evidenceToKeep(situation({ current: null, observed: single, exposed }), { ...none, exposed }),
    ).toBeNull();
    expect(evidenceToKeep(situation({ current: null, observed: single }), none)).toBeNull();
    expect(evidenceToKeep(situation({ exposed }), { case: aCase(), evidence: {} })).toBeNull();
  });

  test('is handed on by a pass that must wait, unless the case has it', () => {
    const exposed = report(NEWER);
    const open = aCase();
    const handsOn = (current: Case | null) =>
      evidenceToHandOn(situation({ current, exposed }), { case: current, evidence: {} });
    expect(handsOn(open)).toEqual({ exposed });
    expect(handsOn({ ...open, exposed })).toBeNull();
    expect(handsOn(null)).toEqual({ exposed });
    expect(handsOn({ ...open, phase: 'closed', closedAs: 'by-owner', exposed })).toEqual({ exposed });
    expect(evidenceToHandOn(situation(), { case: open, evidence: {} })).toBeNull();
  });

  test('makes a new case urgent', () => {
    const about = { origin: null, evidence: {} };
    expect(isAlarming({ ...about, exposed: report(NEWER) }, 'ci-deploy', POLICY)).toBe(true);
    expect(isAlarming({ ...about, exposed: NOTHING_EXPOSED }, 'ci-deploy', POLICY)).toBe(false);
  });

  test('is an event of the history when it is new', () => {
    expect(exposureEvents(undefined, undefined)).toEqual([]);
    expect(exposureEvents(undefined, { ...report(OLDER), ...QUARANTINED, keys: report(OLDER).keys })).toEqual(
      [{ code: 'exposed', keyId: OLDER }, { code: 'quarantined' }],
    );
    expect(exposureEvents(report(OLDER), report(OLDER))).toEqual([]);
  });
});
