/** Every user that a release left behind, with the whole history of their case: all of them have records. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRecord, readVersions } from '../../functions/contracts/record.ts';
import { recordRowsSchema } from '../../functions/contracts/record-rows.ts';
import { coursesOf, type RowHead } from '../../functions/core/records/row.ts';
import { type RecordRows, recordRows } from '../../functions/core/records/rows.ts';
import { recordContext } from '../fakes/history.ts';
import { frozen, type WholeUser } from './frozen.ts';

const RELEASES = readdirSync(import.meta.dirname).filter((name) => /^\d+\.\d+\.\d+$/.test(name));

function versionsOf({ items }: WholeUser) {
  const under = (start: string) =>
    items.filter(({ pk, sk }) => String(pk).startsWith('USER#') && String(sk).startsWith(start));
  const { entries } = readRecord(under('CASE')[0], under('HIST#'));
  const versions = readVersions(entries);
  if (versions === null || entries.length === 0) {
    throw new Error('the history cannot be read');
  }
  return versions;
}

const ALL = RELEASES.flatMap((release) => frozen(release).users.map((user) => ({ release, user })));

describe.each(RELEASES)('the users of %s', (release) => {
  const users = ALL.filter((one) => one.release === release).map(({ user }) => user);

  it.each(users.map((user) => [user.from, user] as const))('%s', (_from, user) => {
    const versions = versionsOf(user);
    const rows: RecordRows = recordRows(versions, recordContext());
    expect(rows.summary).toHaveLength(coursesOf(versions).length);
    for (const list of Object.values(rows) as readonly (readonly RowHead[])[]) {
      expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
    }
    const adopted = versions.flatMap(({ entry }) =>
      entry.events.filter(({ code }) => ['decided', 'none-decided', 'exception-granted'].includes(code)),
    );
    expect(rows.decisions.filter(({ by }) => by !== null)).toHaveLength(adopted.length);
    const deleted = rows.summary.flatMap((row) => row.deleted.map(({ keyId }) => keyId));
    const logged = rows.deletions
      .filter(({ deletedBy }) => deletedBy === 'solekey')
      .map(({ keyId }) => keyId);
    expect(logged.sort()).toEqual([...new Set(deleted)].sort());
    expect(recordRowsSchema.parse(rows)).toEqual(rows);
  });
});

it('are all that there are', () => {
  expect(RELEASES.length).toBeGreaterThan(9);
  expect(ALL.length).toBeGreaterThan(190);
});
