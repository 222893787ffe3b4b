import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../../functions/core/case/history.ts';
import { HOUR, plus } from '../../../functions/core/model/time.ts';
import { failureRows } from '../../../functions/core/records/failures.ts';
import { aDecision, inGrace, NOW, newer, OLDER, older, restoringSince } from '../../fakes/cases.ts';
import { history } from '../../fakes/history.ts';

const AT = (hours: number) => plus(NOW, hours * HOUR);
const DENIED = { code: 'AccessDenied', requestId: '4b7f-1' };

/** A decision that is to be carried out. */
const approved = () => history({ phase: 'approved', decision: aDecision(), asking: 2 });

const refused: HistoryEvent = { code: 'deactivation-refused', keyId: OLDER, iam: DENIED };
const notMade: HistoryEvent = { code: 'deactivation-not-made', keyId: OLDER, detail: 'no-time-left' };

describe('a change that fails', () => {
  it('has the error code and request id of IAM, since when, and what happens next', () => {
    expect(failureRows(approved().next({}, refused).course)).toEqual([
      {
        schema: 1,
        id: `AIDACKCEVSQ6C2EXAMPLE/1/${OLDER}/deactivate/2`,
        account: '123456789012',
        userId: 'AIDACKCEVSQ6C2EXAMPLE',
        userName: 'ci-deploy',
        caseNumber: 1,
        version: 2,
        asOf: AT(1),
        final: false,
        keyId: OLDER,
        action: 'deactivate',
        outcome: 'refused',
        errorCode: 'AccessDenied',
        requestId: '4b7f-1',
        why: null,
        attempts: 1,
        firstAt: AT(1),
        lastAt: AT(1),
        endedAt: null,
        next: 'tried-again',
      },
    ]);
  });

  it('several times is one row, with the last result and the last error of IAM', () => {
    const { course } = approved().next({}, refused).next({}).next({}, notMade);
    expect(failureRows(course)).toMatchObject([
      {
        attempts: 2,
        firstAt: AT(1),
        lastAt: AT(3),
        outcome: 'not-made',
        why: 'no-time-left',
        errorCode: 'AccessDenied',
      },
    ]);
  });

  it('and is made after all says when, and a later failure is another row', () => {
    const off = { keys: [newer(), older('Inactive')], progress: { [OLDER]: { deactivated: AT(2) } } };
    const { course } = approved()
      .next({}, { code: 'deactivation-lost', keyId: OLDER })
      .next(off, { code: 'deactivated', keyId: OLDER })
      .next({}, { code: 'deletion-refused', keyId: OLDER, iam: { ...DENIED, requestId: null } });
    expect(failureRows(course)).toMatchObject([
      { action: 'deactivate', outcome: 'no-answer', errorCode: null, next: 'done', endedAt: AT(2) },
      { action: 'delete', outcome: 'refused', requestId: null, next: 'tried-again', endedAt: null },
    ]);
  });

  it('and is not wanted any more says so, and later failures of the same change are another row', () => {
    const { course } = approved()
      .next({}, refused)
      .next({ decision: null })
      .next({ decision: aDecision({ digest: '1'.repeat(64) }) }, refused);
    expect(failureRows(course)).toMatchObject([
      { next: 'not-needed', endedAt: AT(2) },
      { next: 'tried-again', endedAt: null, firstAt: AT(3) },
    ]);
  });

  it('ends with its case', () => {
    const { course } = approved().next({}, refused).next({ phase: 'closed', closedAs: 'user-gone' });
    expect(failureRows(course)).toMatchObject([{ next: 'not-needed', endedAt: AT(2), final: true }]);
  });

  it('of a key that nobody has decided about needs nothing', () => {
    expect(failureRows(history().next({}, refused).course)).toMatchObject([
      { next: 'not-needed', endedAt: AT(1) },
    ]);
  });
});

describe('a restore that fails', () => {
  const asked = { [OLDER]: { deactivated: NOW, restoring: restoringSince(NOW) } };
  const failing = () =>
    history({ ...inGrace(), number: 1, version: 1 }).next(
      { progress: asked, decision: null },
      { code: 'restore-refused', keyId: OLDER, iam: DENIED },
    );

  it('is tried again', () => {
    expect(failureRows(failing().course)).toMatchObject([{ action: 'reactivate', next: 'tried-again' }]);
  });

  it('for long is left to people, too, until it is done', () => {
    const held = failing().next({ phase: 'held', heldFor: 'restore-by-hand' }, refused);
    expect(failureRows(held.course)).toMatchObject([
      { action: 'reactivate', next: 'by-hand', endedAt: null },
      { action: 'deactivate', next: 'not-needed' },
    ]);
    const done = held.next({ progress: {} }, { code: 'restored', keyId: OLDER });
    expect(failureRows(done.course)[0]).toMatchObject({ next: 'done', endedAt: AT(3) });
  });

  it('while the case is held for another reason is tried again', () => {
    const held = failing().next({ phase: 'held', heldFor: 'unknown' });
    expect(failureRows(held.course)[0]?.next).toBe('tried-again');
  });

  it('because the request expired is not needed any more', () => {
    const lapsed = failing().next({ progress: {} }, { code: 'restore-lapsed', keyId: OLDER });
    expect(failureRows(lapsed.course)[0]?.next).toBe('not-needed');
  });
});

it.each([
  ['deleted', { deleted: NOW }],
  ['expired', { expired: NOW }],
])('a deletion is not needed any more if the key is %s', (_what, more) => {
  const off = { deactivated: NOW };
  const { course } = history({ ...inGrace(off), number: 1, version: 1 })
    .next({}, { code: 'deletion-not-made', keyId: OLDER })
    .next({ progress: { [OLDER]: { ...off, ...more } } });
  expect(failureRows(course)).toMatchObject([{ next: 'not-needed', endedAt: AT(2) }]);
});

it('an event that names no key is no failure of one', () => {
  expect(failureRows(approved().next({}, { code: 'deactivation-refused' }).course)).toEqual([]);
});
