import { describe, expect, it } from 'vitest';
import { readRecord, readVersions } from '../../functions/contracts/record.ts';
import { entryHash } from '../../functions/core/case/history.ts';
import { aDecision, OLDER } from '../fakes/cases.ts';
import { history } from '../fakes/history.ts';

const entries = history()
  .next({ decision: aDecision(), asking: 2 })
  .versions.map(({ entry }) => entry);

describe('the versions of a case', () => {
  it('are what its entries say, one after the other', () => {
    const versions = readVersions(entries) ?? [];
    expect(versions.map((version) => [version.case.version, version.case.decision?.kind])).toEqual([
      [1, undefined],
      [2, 'keep'],
    ]);
    expect(versions.map(({ entry }) => entry)).toEqual(entries);
  });

  it('have the fields by the names of this release', () => {
    const [first, ...rest] = entries.map((entry) => ({ ...entry, changes: { ...entry.changes } }));
    const { asking, ...others } = first?.changes ?? {};
    const renamed = { ...first, changes: { ...others, questionNumber: asking } } as (typeof entries)[0];
    expect(readVersions([renamed, ...rest])?.[0]?.case.asking).toBe(1);
  });

  it('are not known if another release wrote something that this one does not know', () => {
    const [first] = entries;
    const other = { ...first, changes: { ...first?.changes, phase: 'waiting-for-a-poem' } };
    expect(readVersions([other as unknown as (typeof entries)[0]])).toBeNull();
  });

  it('belong to a record without a finding, also with an answer of IAM and what a newer release adds to it', () => {
    const iam = { code: 'AccessDenied', requestId: '4b7f-1', later: true };
    const told = history().next(
      { decision: aDecision() },
      { code: 'deactivation-refused', keyId: OLDER, iam },
    );
    const [last] = told.versions.slice(-1);
    const item = { case: last?.case, version: 2, hash: last && entryHash(last.entry), failures: 0 };
    const { entries: read, findings } = readRecord(
      item,
      told.versions.map(({ entry }) => ({ entry })),
    );
    expect(findings).toEqual([]);
    expect(read.at(-1)?.events).toMatchObject([{ iam }]);
  });

  it('are none without entries', () => {
    expect(readVersions([])).toEqual([]);
  });
});
