import { expect, test } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import { scene } from '../../fakes/acts.ts';
import { USER_ID } from '../../fakes/cases.ts';
import { played } from './played.ts';
import { CASES, ROWS } from './rows.ts';

/** The world after it: the case, the keys in IAM, who was told what, and whose decision stands. */
async function line(row: string, phase: string, current: Case | null): Promise<string> {
  const m = await played(row, current);
  const by = m.caseOf(USER_ID)?.decision?.by ?? null;
  return [row, phase, scene(m), by === null ? 'no decision' : `decided by ${by}`].join(' | ');
}

test('every phase under every row of the order of judgement leads to the world in the reviewed table', async () => {
  const lines: string[] = [];
  for (const row of Object.keys(ROWS)) {
    for (const [phase, current] of Object.entries(CASES)) {
      lines.push(await line(row, phase, current));
    }
  }
  expect(lines).toHaveLength(Object.keys(ROWS).length * Object.keys(CASES).length);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./matrix.txt');
});
