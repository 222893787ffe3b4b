import { describe, expect, it } from 'vitest';
import { ANCHOR_FILES, anchorFolder } from '../../../functions/core/records/anchor.ts';
import { joinedFiles } from '../../../ops/control/join-files.ts';
import { ControlWorld, ran } from '../../fakes/control-world.ts';
import { anchorObjects } from '../../fakes/kept-objects.ts';

const row = (text: string) => ({ 'decisions.jsonl': `{"kept":"${text}"}\n` });

/** An anchor on each of the first days of November, each with one row. */
function kept(): ControlWorld {
  const w = new ControlWorld();
  const days = Array.from({ length: 20 }, (_, at) => at + 1);
  w.objects = Object.assign(
    { 'anchors/latest.json': '{"number":20}' },
    ...days.map((day) =>
      anchorObjects(day, `2026-11-${String(day).padStart(2, '0')}T06:00:00.000Z`, {
        ...row(`AKIAIOSFODNN7EXAM${String(day).padStart(3, '0')}`),
        'entries.jsonl': 'hashes',
        'remediated.jsonl': 'for the next anchor',
        'validation.json': `{"day":${day}}`,
      }),
    ),
  );
  return w;
}

describe('records', () => {
  it('saves the rows of a period in one file a kind, and all else by anchor, with four characters of key ids', async () => {
    const w = kept();
    const { code, out, err } = await ran(
      w,
      'records',
      '--since=2026-11-18',
      '--until=2026-11-19',
      '--out=to',
    );
    expect([code, out.split('\n')]).toEqual([
      0,
      ['to/000000018-validation.json', 'to/000000019-validation.json', 'to/decisions.jsonl'],
    ]);
    expect(w.files).toEqual({
      'to/000000018-validation.json': '{"day":18}',
      'to/000000019-validation.json': '{"day":19}',
      'to/decisions.jsonl': '{"kept":"...M018"}\n{"kept":"...M019"}\n',
    });
    expect(err).toContain('2 anchors from 2026-11-18 to 2026-11-19 have these records.');
  });

  it('has full ids only if they are asked for, and today without another day', async () => {
    const w = kept();
    await ran(w, 'records', '--since', '2026-11-20', '--out', 'to', '--full-ids');
    expect(w.files['to/decisions.jsonl']).toBe('{"kept":"AKIAIOSFODNN7EXAM020"}\n');
  });

  it('reads few anchors before the period', async () => {
    const w = kept();
    const read = new Set<string>();
    w.reading = (key) => read.add(key.split('/')[1] ?? '');
    await ran(w, 'records', '--since', '2026-11-20', '--out', 'to');
    expect(read.size).toBeLessThan(7);
  });

  it('says which file is not the one that was signed, and which anchor cannot be read', async () => {
    const w = kept();
    const [changed, broken] = [anchorFolder(19), anchorFolder(20)];
    w.objects = { ...w.objects, [`${changed}decisions.jsonl`]: 'x', [`${broken}${ANCHOR_FILES.text}`]: '{}' };
    const { code, err } = await ran(w, 'records', '--since', '2026-11-18', '--out', 'to');
    expect(code).toBe(2);
    expect(err).toContain('decisions.jsonl of anchor 19 is missing, or is not the file that was signed');
    expect(err).toContain('Anchor 20 cannot be read, so its records are missing here.');
    expect(w.files['to/decisions.jsonl']).toBe('{"kept":"...M018"}\n');
  });

  it('has nothing to save where there are no anchors', async () => {
    const w = new ControlWorld();
    const { code, out, err } = await ran(w, 'records', '--since', '2026-11-18', '--out', 'to');
    expect([code, out]).toEqual([0, '']);
    expect(err).toContain('0 anchors from 2026-11-18 to 2026-11-23 have no records.');
  });
});

describe('files of several anchors', () => {
  const file = (number: number, name: string, text: string) => ({ number, name, text });

  it('tables have one heading, unless a release has other columns', () => {
    const files = [
      file(1, 'summary.jsonl', '{}\n'),
      file(1, 'summary.csv', 'a,b\r\n1,2\r\n'),
      file(2, 'summary.csv', 'a,b\r\n3,4\r\n'),
      file(3, 'summary.csv', 'a,b,c\r\n5,6,7\r\n'),
      file(4, 'summary.csv', 'a,b,c\r\n8,9,0\r\n'),
      file(4, 'validation.csv', 'x\r\n1\r\n'),
    ];
    expect(joinedFiles(files)).toEqual([
      { name: '000000004-validation.csv', text: 'x\r\n1\r\n' },
      { name: 'summary-2.csv', text: 'a,b,c\r\n5,6,7\r\n8,9,0\r\n' },
      { name: 'summary.csv', text: 'a,b\r\n1,2\r\n3,4\r\n' },
      { name: 'summary.jsonl', text: '{}\n' },
    ]);
  });
});
