import { describe, expect, it } from 'vitest';
import { PACK_ROWS, RECORD_ROWS } from '../../functions/contracts/record-rows.ts';
import { RECORD_COLUMNS } from '../../functions/core/records/columns.ts';
import { CONTENTS } from '../../functions/core/records/pack/readme.ts';
import { CONCERN_COLUMNS, SIGN_OFF_COLUMNS } from '../../functions/core/records/pack/sign-offs.ts';
import { pageText } from './pages.ts';

const PAGE = 'docs/records.md';
const page = pageText(PAGE);
const tables = page
  .split('\n## ')
  .map((section) => section.split('\n').filter((line) => line.startsWith('| `')));
const [, every = [], ...kinds] = tables;
const KINDS = Object.keys(RECORD_ROWS) as (keyof typeof RECORD_ROWS)[];

/** The names in one column of the tables of a section. */
function named(lines: readonly string[], column: number): string[] {
  return lines.flatMap((line) =>
    [...(line.split(' | ')[column] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name ?? ''),
  );
}

describe(PAGE, () => {
  it.each(KINDS.map((kind, index) => [kind, kinds[index] ?? []] as const))(
    'explains every field and every column of %s, and no other',
    (kind, lines) => {
      const all = [...every, ...lines];
      expect(named(all, 0).sort()).toEqual(Object.keys(RECORD_ROWS[kind].shape).sort());
      expect(named(all, 1).sort()).toEqual(Object.keys(RECORD_COLUMNS[kind]).sort());
    },
  );

  it.each([
    ['sign-offs', SIGN_OFF_COLUMNS],
    ['concerns', CONCERN_COLUMNS],
  ] as const)('explains every field and every column of %s of a pack, and no other', (kind, columns) => {
    const [, first = '', second = ''] = page
      .slice(page.indexOf('\nSign-offs and concerns are files'))
      .split('| field | column |');
    const lines = (kind === 'sign-offs' ? first : second)
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    expect(named(lines, 0).sort()).toEqual(Object.keys(PACK_ROWS[kind].shape).sort());
    expect(named(lines, 1).sort()).toEqual(Object.keys(columns).sort());
  });

  it('lists the files of a pack as its README does', () => {
    for (const [name, what] of Object.entries(CONTENTS)) {
      expect(page).toContain(`| \`${name}\` | ${what} |`);
    }
  });

  it('explains every value of a closed list', () => {
    const values = [
      ...RECORD_ROWS.decisions.shape.kind.options,
      ...RECORD_ROWS.deletions.shape.why.unwrap().options,
      ...RECORD_ROWS.deletions.shape.state.options,
      ...RECORD_ROWS.failures.shape.outcome.options,
      ...RECORD_ROWS.failures.shape.next.options,
      ...RECORD_ROWS.summary.shape.closedAs.unwrap().options,
      ...PACK_ROWS['sign-offs'].shape.verdict.options,
    ];
    for (const value of values) {
      expect(page).toContain(`\`${value}\``);
    }
  });
});
