/** The command `show`, on what release 0.2.0 stored, as it was stored and as somebody changed it behind Solekey's back. */
import { describe, expect, it } from 'vitest';
import type { RecordReader } from '../../../functions/adapters/record-reader.ts';
import { readRecord } from '../../../functions/contracts/record.ts';
import type { Case } from '../../../functions/core/case/case.ts';
import { entryHash, type StoredEntry } from '../../../functions/core/case/history.ts';
import { EXIT } from '../../../ops/control/outcome.ts';
import { show } from '../../../ops/control/show.ts';
import { NOW } from '../../fakes/cases.ts';
import { frozen } from '../../releases/frozen.ts';

type Item = Record<string, unknown>;

const { users } = frozen('0.2.0');
const whole = users.filter(({ items }) => items.some(({ sk }) => sk === 'CASE'));
const bot = whole.find(({ from }) => from.includes('quiet-bot'))?.items ?? [];

/** A table with these items of one user. */
const reader = (items: readonly Item[]): RecordReader => ({
  userIdOf: async (_account, name) => (name === 'quiet-bot' ? 'AIDAFSP5RQWHHPTG5PMVO' : null),
  record: async () =>
    readRecord(
      items.find(({ sk }) => sk === 'CASE'),
      items.filter(({ sk }) => String(sk).startsWith('HIST#')),
    ),
});

const deployed = { account: '123456789012', region: 'us-east-1', stack: 'Solekey', outputs: {} };
const said = async (items: readonly Item[], user = 'quiet-bot') => {
  const { lines, code } = await show({ records: reader(items), deployed, now: () => NOW }, user);
  return { text: lines.join('\n'), changed: code === EXIT.findings };
};
const copy = (): Item[] => JSON.parse(JSON.stringify(bot)) as Item[];
const entryOf = (items: readonly Item[], n: number) =>
  items.find(({ sk }) => sk === `HIST#${String(n).padStart(9, '0')}`) as { entry: StoredEntry };
const caseOf = (items: readonly Item[]) =>
  items.find(({ sk }) => sk === 'CASE') as { case: Case; version: number; hash: string };

/** What an attacker does with a copy of the items. */
function tampered(change: (items: Item[]) => Item[] | undefined): Item[] {
  const items = copy();
  return change(items) ?? items;
}

describe('a record that nobody touched', () => {
  it.each(whole)('of $from is as Solekey wrote it', async ({ items }) => {
    const { text, changed } = await said(items);
    expect(text).toMatch(/The record is as Solekey wrote it: \d+ entries lead to the stored case\.$/);
    expect(changed).toBe(false);
  });

  it('is shown in words', async () => {
    const { text } = await said(bot);
    expect(text).toMatch(
      /^IAM user quiet-bot \(AIDAFSP5RQWHHPTG5PMVO\), account 123456789012\nCase 1: closed \(remediated\) since /,
    );
    expect(text).toContain('  ...YSVP  active, ');
    expect(text).toMatch(/Decided by \S+ on .*: keep \.\.\.YSVP, deactivate \.\.\.BBMD/);
    expect(text).toMatch(/ {3}1 {2}26 Nov 2026, 05:20 UTC {2}the case was opened/);
    expect(text).toMatch(/about to deactivate \.\.\.BBMD \(by /);
    expect(text).not.toMatch(/undefined|null|AKIA/);
  });
});

describe('a record that was changed', () => {
  const last = caseOf(bot).version;

  it.each<[string, Item[], string]>([
    [
      'the last entry was edited',
      tampered((items) => {
        entryOf(items, last).entry = { ...entryOf(items, last).entry, events: [] };
      }),
      `Entry ${last} is not the one that was written.`,
    ],
    [
      'the last entry was cut off',
      tampered((items) => items.filter((item) => item !== entryOf(items, last))),
      `Entry ${last} is missing or cannot be read.`,
    ],
    [
      'the last two were cut off',
      tampered((items) =>
        items.filter((item) => ![entryOf(items, last), entryOf(items, last - 1)].includes(item as never)),
      ),
      `Entries ${last - 1} to ${last} are missing or cannot be read.`,
    ],
    [
      'who decided was edited',
      tampered((items) => {
        const { entry } = entryOf(items, 4);
        entryOf(items, 4).entry = {
          ...entry,
          events: entry.events.map((event) => ({ ...event, by: 'somebody' })),
        };
      }),
      'Entry 4 is not the one that was written.',
    ],
    [
      'an entry is not readable',
      tampered((items) => {
        entryOf(items, 2).entry = 'x' as never;
      }),
      'Entry 2 is missing or cannot be read.',
    ],
    [
      'the case alone was edited',
      tampered((items) => {
        caseOf(items).case = { ...caseOf(items).case, closedAs: 'by-owner', excluded: true };
      }),
      'The stored case is not what its history says: closedAs and excluded.',
    ],
    [
      'an earlier version of the case was put back',
      tampered((items) => {
        const early = caseOf(items);
        early.version = 3;
        early.case = { ...early.case, version: 3 };
        early.hash = entryHash(entryOf(items, 3).entry);
      }),
      `Entries 4 to ${last} do not belong to the stored case.`,
    ],
    [
      'the case is gone',
      tampered((items) => items.filter(({ sk }) => sk !== 'CASE')),
      'There is a history, but the case itself is missing.',
    ],
  ])('%s: is said plainly', async (_name, items, finding) => {
    const { text, changed } = await said(items);
    expect(changed).toBe(true);
    expect(text).toContain('THE RECORD WAS CHANGED by something other than Solekey:');
    expect(text).toContain(`- ${finding}`);
    expect(text).not.toContain('as Solekey wrote it');
  });
});

describe('show', () => {
  it('takes a UserId as well as a name', async () => {
    expect((await said(bot, 'AIDAFSP5RQWHHPTG5PMVO')).text).toBe((await said(bot)).text);
  });

  it('says so if there is nothing', async () => {
    await expect(said([], 'quiet-bto')).rejects.toThrow(
      'Solekey has no case about a user "quiet-bto" in account 123456789012. Check the spelling, or give the UserId (AIDA...).',
    );
    await expect(said([], 'quiet-bot')).rejects.toThrow('has no case about a user "quiet-bot"');
    await expect(said([], 'AIDAFSP5RQWHHPTG5PMVO')).rejects.toThrow(/account 123456789012\.$/);
  });

  it('shows what it can of a case that only a newer release reads, and still checks its history', async () => {
    const newer = tampered((items) => {
      caseOf(items).case = { ...caseOf(items).case, phase: 'quarantined' as never };
    });
    const { text, changed } = await said(newer);
    expect(text).toContain('The case cannot be read by this release: phase is "quarantined".');
    expect(changed).toBe(false);
    const cut = await said(newer.filter((item) => item !== entryOf(newer, 5)));
    expect(cut.changed).toBe(true);
    const bare = await said(
      tampered((items) => items.map((item) => (item.sk === 'CASE' ? { sk: 'CASE' } : item))),
    );
    expect(bare.text).toContain('IAM user with an unknown name');
    expect(bare.changed).toBe(true);
  });

  it('counts a single entry as one', async () => {
    const { text } = await said(
      tampered((items) => {
        const [first, stored] = [entryOf(items, 1), caseOf(items)];
        stored.case = first.entry.changes as Case;
        stored.version = 1;
        stored.hash = entryHash(first.entry);
        return [stored, first] as unknown as Item[];
      }),
    );
    expect(text).toContain(': 1 entry leads to');
  });
});
