import { expect, it } from 'vitest';
import { summaryRow } from '../../../functions/core/records/summary.ts';
import { excepted, key, NEWER, NOW, newer, OLDER, older, THIRD } from '../../fakes/cases.ts';
import { history } from '../../fakes/history.ts';

const AT = (hour: number) => `2026-11-23T${16 + hour}:10:00.000Z`;

it('the summary of a case has its keys before and after, and what happened to each', () => {
  const { course } = history({ origins: { [OLDER]: { createdBy: 'root', at: NOW } } })
    .next({}, { code: 'deactivated', keyId: OLDER }, { code: 'told', by: 'sec-lead', detail: 'detected' })
    .next({}, { code: 'restored', keyId: OLDER }, { code: 'gone-without-us', keyId: THIRD })
    .next({ userName: 'ci' }, { code: 'deactivated', keyId: OLDER }, { code: 'renamed', detail: 'ci-deploy' })
    .next(
      {
        phase: 'closed',
        phaseSince: AT(4),
        closedAs: 'remediated',
        keys: [newer()],
        origins: { [NEWER]: { createdBy: 'role/admin', at: NOW } },
      },
      { code: 'deleted', keyId: OLDER },
      { code: 'renamed' },
      { code: 'deleted' },
    );
  expect(summaryRow(course)).toEqual({
    schema: 1,
    id: 'AIDACKCEVSQ6C2EXAMPLE/1',
    account: '123456789012',
    userId: 'AIDACKCEVSQ6C2EXAMPLE',
    userName: 'ci',
    caseNumber: 1,
    version: 5,
    asOf: AT(4),
    final: true,
    openedAt: NOW,
    phase: 'closed',
    heldFor: null,
    closedAt: AT(4),
    closedAs: 'remediated',
    excluded: false,
    exceptionUntil: null,
    formerNames: ['ci-deploy'],
    keysBefore: [
      { id: NEWER, status: 'Active', created: newer().created, createdBy: 'role/admin' },
      { id: OLDER, status: 'Active', created: older().created, createdBy: 'root' },
    ],
    keysAfter: [{ id: NEWER, status: 'Active', created: newer().created, createdBy: 'role/admin' }],
    keysSeenAt: '2026-11-23T16:09:00.000Z',
    deactivated: [
      { keyId: OLDER, at: AT(1) },
      { keyId: OLDER, at: AT(3) },
    ],
    restored: [{ keyId: OLDER, at: AT(2) }],
    deleted: [{ keyId: OLDER, at: AT(4) }],
    changedByOthers: [{ keyId: THIRD, at: AT(2) }],
    stillActive: [NEWER],
    told: [{ recipient: 'sec-lead', notice: 'detected', at: AT(1) }],
  });
});

it('a case that is open has no end, and the end of its exception while that is in force', () => {
  const given = excepted({}, { number: 1, version: 1 });
  const open = history(given);
  expect(summaryRow(open.course)).toMatchObject({
    final: false,
    closedAt: null,
    exceptionUntil: given.decision?.kind === 'not-now' ? given.decision.until : '',
    keysBefore: [{ createdBy: null }, { createdBy: null }],
  });
  const closed = open.next({ phase: 'closed', closedAs: 'by-owner', keys: [key(NEWER)] });
  expect(summaryRow(closed.course)).toMatchObject({ exceptionUntil: null, stillActive: [NEWER] });
});
