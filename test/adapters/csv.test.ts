import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvText } from '../../functions/adapters/csv.ts';

it('has the columns in their order, and an empty cell for what is not there', () => {
  expect(
    csvText(
      ['a', 'b', 'c'],
      [
        { c: true, a: 1 },
        { a: null, b: 'x,"y"', c: false },
      ],
    ),
  ).toBe('a,b,c\n1,,true\n,"x,""y""",false\n');
});

it('has no formula in it, whatever the text, and loses nothing else', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n,"ab|') }), (text) => {
      const [, [cell = ''] = []] = parse(csvText(['a'], [{ a: text }]), {
        skip_empty_lines: false,
      }) as string[][];
      expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      expect(cell.replace(/^'/, '')).toBe(text);
    }),
  );
});
