import { csvText } from '../../functions/adapters/csv.ts';
import { sha256 } from '../../functions/core/model/digest.ts';
import { ledgerEntry } from '../../functions/core/model/ledger.ts';
import { DAY, plus } from '../../functions/core/model/time.ts';
import type {
  PackInput,
  PackRequest,
  PackUser,
  PackValidation,
} from '../../functions/core/records/pack/input.ts';
import { packOf, type UnsignedPack } from '../../functions/core/records/pack/pack.ts';
import { signOffFiles } from '../../functions/core/records/pack/sign-offs.ts';
import { recordRows, versionsUntil } from '../../functions/core/records/rows.ts';
import { ACCOUNT, aDecision, NEWER, NOW, newer, OLDER, older, USER_ID } from './cases.ts';
import { history, recordContext } from './history.ts';

/** The period of the packs in tests: two days from the day of {@link NOW} on. */
export const PERIOD = { from: '2026-11-23T00:00:00.000Z', to: '2026-11-24T23:59:59.999Z' };

/** The words of the person who decided. */
export const WORDS = '=SUM(A1) it does the backups';

/** A user who was asked, decided about and remediated within hours. */
export const REMEDIATED = history()
  .next({}, { code: 'told', by: 'sec-lead', detail: 'detected' })
  .next(
    { decision: aDecision({ commentDigest: sha256(WORDS) }), asking: 2 },
    { code: 'decided', by: 'platform-lead', keyId: NEWER },
  )
  .next(
    { keys: [newer(), older('Inactive')], progress: { [OLDER]: { deactivated: NOW } } },
    { code: 'deactivated', keyId: OLDER },
  )
  .next(
    {
      phase: 'closed',
      phaseSince: plus(NOW, DAY / 6),
      closedAs: 'remediated',
      keys: [newer()],
      progress: { [OLDER]: { deactivated: NOW, deleted: NOW } },
    },
    { code: 'deleted', keyId: OLDER },
  );

/** One user of a validation, whose newer key is the only active one. */
export function packUser(more: Partial<PackUser> = {}): PackUser {
  return {
    userId: USER_ID,
    userName: 'ci-deploy',
    count: 'one',
    active: [NEWER],
    read: 'live',
    asOf: plus(NOW, DAY),
    doubts: [],
    ...more,
  };
}

export function packValidation(more: Partial<PackValidation> = {}): PackValidation {
  const at = plus(NOW, DAY);
  const users = more.users ?? [packUser()];
  return {
    anchor: 7,
    at,
    takenAt: at,
    listedAt: at,
    reportOf: plus(at, -DAY / 6),
    sources: { live: users.length, report: 0, unread: 0 },
    users,
    files: [{ name: 'validation.json', type: 'application/json', content: `{"active":"${NEWER}"}\n` }],
    ...more,
  };
}

/** Everything about a period in which one user was remediated. */
export function packInput(more: Partial<PackInput> = {}, request: Partial<PackRequest> = {}): PackInput {
  const why = {
    at: NOW,
    command: 'pause' as const,
    by: 'arn:aws:iam::123456789012:role/admin',
    reason: 'a drill',
  };
  return {
    account: ACCOUNT,
    accountName: 'prod-payments',
    madeAt: plus(NOW, 2 * DAY),
    release: '0.11.0',
    request: { ...PERIOD, by: why.by, entry: 4, sample: null, fullKeyIds: false, ...request },
    rows: recordRows(versionsUntil(REMEDIATED.versions, PERIOD.to), recordContext()),
    unvouched: [],
    comments: new Map([[sha256(WORDS), WORDS]]),
    validations: [packValidation()],
    settings: [
      { at: plus(NOW, -DAY), anchor: 1, content: { grace: 'P7D', mode: 'observe' } },
      { at: NOW, anchor: 2, content: { grace: 'P7D', mode: 'enforce', only: {} } },
    ],
    ledger: [ledgerEntry(null, null, {}, why)],
    anchors: [
      {
        number: 1,
        at: plus(NOW, -DAY),
        kind: 'daily',
        release: '0.10.0',
        unvouched: [],
        sha256: 'a'.repeat(64),
      },
      { number: 2, at: NOW, kind: 'news', release: '0.11.0', unvouched: [], sha256: 'b'.repeat(64) },
    ],
    further: signOffFiles([], () => null, PERIOD, csvText),
    ...more,
  };
}

/** The pack of this input. */
export function aPack(more: Partial<PackInput> = {}, request: Partial<PackRequest> = {}): UnsignedPack {
  return packOf(packInput(more, request), csvText);
}

/** The text of a file of a pack; empty if there is none. */
export function textIn({ manifest, files }: UnsignedPack, name: string): string {
  return [manifest, ...files].find((file) => file.name === name)?.content ?? '';
}
