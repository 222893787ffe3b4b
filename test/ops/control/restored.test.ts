import { describe, expect, it } from 'vitest';
import { tableRestores } from '../../../functions/contracts/table-restored.ts';
import { controlFinding, ledgerEntry, ledgerFindings } from '../../../functions/core/model/ledger.ts';
import { ANCHOR_FILES, anchorFolder } from '../../../functions/core/records/anchor.ts';
import { anchorText } from '../../../functions/core/records/make-anchor.ts';
import { aCase, NOW } from '../../fakes/cases.ts';
import { CALLER, ControlWorld, ran } from '../../fakes/control-world.ts';
import { anchorObjects } from '../../fakes/kept-objects.ts';

const WHY = ['--reason', 'the table was emptied'];

/** A table from a backup with two entries of the ledger, while anchor 12 already had six. */
async function fromBackup(): Promise<ControlWorld> {
  const w = new ControlWorld();
  await ran(w, 'pause', '--reason', 'one');
  await ran(w, 'resume', '--reason', 'two');
  const text = `${anchorFolder(12)}${ANCHOR_FILES.text}`;
  const objects = { ...anchorObjects(11, NOW, {}), ...anchorObjects(12, NOW, {}) };
  const anchor = JSON.parse(objects[text] ?? '');
  w.objects = { ...objects, [text]: anchorText({ ...anchor, ledger: { number: 6, hash: 'x' } }) };
  w.listed = [
    { case: aCase({ userId: 'AIDAONE' }), rank: null },
    { case: aCase({ userId: 'AIDATWO' }), rank: null },
  ];
  return w;
}

describe('restored', () => {
  it('pauses, makes answers from before void, has open cases re-evaluated, and tells the operators', async () => {
    const w = await fromBackup();
    const { code, out, err } = await ran(w, 'restored', ...WHY);
    expect(code).toBe(0);
    expect(out).toContain('Paused since 23 Nov 2026');
    expect(out).toContain('Answers given before 23 Nov 2026, 16:10 UTC are void.');
    expect(out).toContain('2 open cases are re-evaluated, and people are asked again.');
    expect(err).toContain('an approver who was revoked since then is no longer revoked');
    expect(w.content).toMatchObject({ answersFrom: NOW, pauses: [{}, { from: NOW, to: null }] });
    expect(w.wakes).toMatchObject([{ userId: 'AIDAONE' }, { userId: 'AIDATWO' }]);
    expect(w.told.at(-1)?.subject).toBe('[Solekey] 123456789012: declared the table restored from a backup');
  });

  it('takes a number that no entry ever had, so that no anchor contradicts it, and accuses nobody of the gap', async () => {
    const w = await fromBackup();
    await ran(w, 'restored', ...WHY);
    expect(w.entries.map(({ number }) => number)).toEqual([1, 2, 7]);
    expect(ledgerFindings(w.entries)).toEqual([]);
    expect(controlFinding(w.content, w.entries.at(-1) ?? null)).toBe(null);
    const { code, out } = await ran(w, 'status');
    expect([code, out]).toEqual([0, expect.stringContaining('restored, by')]);
    expect(out).toContain('Answers given before 23 Nov 2026, 16:10 UTC are void.');
    expect(tableRestores(w.entries)).toEqual([
      { entry: 7, at: NOW, by: CALLER, reason: 'the table was emptied', anchor: 12, ledger: 6 },
    ]);
  });

  it('first copies a table, but for a control item and a ledger that fit, so that nobody is reinstated by it', async () => {
    const w = await fromBackup();
    const { out, err } = await ran(w, 'restored', '--from-table', 'Solekey-restored', ...WHY);
    expect(w.copied).toEqual([['Solekey-restored', 'CONTROL', 'LEDGER#123456789012']]);
    expect(out).toContain('2 items were written, and 1 removed.');
    expect(err).toContain('so every revocation is still in force');
  });

  it('copies them as well if they do not fit, or are not there', async () => {
    const [changed, empty] = [await fromBackup(), new ControlWorld()];
    changed.content = { ...changed.content, revoked: ['sec-lead'] };
    for (const w of [changed, empty]) {
      const { err } = await ran(w, 'restored', '--from-table', 'Solekey-restored', ...WHY);
      expect(w.copied).toEqual([['Solekey-restored']]);
      expect(err).toContain('is no longer revoked');
    }
  });

  it('does not copy the table onto itself', async () => {
    const w = new ControlWorld();
    expect((await ran(w, 'restored', '--from-table', 'T', ...WHY)).code).toBe(1);
    w.outputs = { ...w.outputs, TableName: 'Solekey-T' };
    const { err } = await ran(w, 'restored', '--from-table', 'Solekey-T', ...WHY);
    expect([err, w.copied, w.entries]).toEqual([
      expect.stringContaining('is the table of the stack itself'),
      [],
      [],
    ]);
  });

  it('works before there is an anchor, and a second time', async () => {
    const w = new ControlWorld();
    expect((await ran(w, 'restored', ...WHY)).code).toBe(0);
    w.content = { ...w.content, answersFrom: '2026-11-20T00:00:00.000Z' };
    await ran(w, 'restored', ...WHY);
    expect(tableRestores(w.entries)).toMatchObject([
      { entry: 1, anchor: null, ledger: 0 },
      { entry: 2, anchor: null, ledger: 0 },
    ]);
  });
});

describe('a ledger with a restore', () => {
  const why = (command: 'pause' | 'restored', about = {}) =>
    ({ at: NOW, command, by: CALLER, reason: 'x', about }) as const;
  const first = ledgerEntry(null, null, {}, why('pause'));
  const second = ledgerEntry(first, first.after, {}, why('pause'));
  const back = ledgerEntry(second, second.after, {}, why('restored', { anchor: 3, ledger: 5 }), 5);

  it('is missing what no restore explains', () => {
    expect(ledgerFindings([first, second, back])).toEqual([]);
    const further = ledgerEntry(second, second.after, {}, why('restored', { anchor: 3, ledger: 5 }), 7);
    expect(ledgerFindings([first, second, further])).toEqual([
      { found: 'missing', number: 6 },
      { found: 'missing', number: 7 },
    ]);
  });

  it('shows the removal of an entry that the backup had', () => {
    expect(ledgerFindings([first, back])).toEqual([{ found: 'edited', number: 6 }]);
  });
});
