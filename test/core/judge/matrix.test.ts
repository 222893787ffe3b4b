import { expect, test } from 'vitest';
import type { Case } from '../../../functions/core/case.ts';
import { CASES, ROWS } from './matrix.ts';
import { judged, result } from './scene.ts';

/** One line: what was met, in which phase, the rule that decided, the phase afterwards, the claimed write, the mails owed. */
function line(row: string, phase: string, known: Case): string {
  const {
    rule,
    phase: after,
    heldFor,
    closedAs,
    action,
    owed,
  } = result(judged({ known, ...ROWS[row]?.(known) }));
  const why = heldFor ?? closedAs;
  const end = after === null ? 'no change' : why === null ? after : `${after}(${why})`;
  return [row, phase, rule, end, action ?? '-', owed.join(' ') || '-'].join(' | ');
}

test('every phase under every row of the order of judgement leads where the reviewed table says', async () => {
  const lines = Object.keys(ROWS).flatMap((row) =>
    Object.entries(CASES).map(([phase, known]) => line(row, phase, known)),
  );
  expect(lines).toHaveLength(Object.keys(ROWS).length * Object.keys(CASES).length);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./matrix.txt');
});
