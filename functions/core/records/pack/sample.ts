import { sha256 } from '../../model/digest.ts';
import type { Columns } from '../table.ts';
import type { PeriodCase } from './cases.ts';

/** A case that was drawn, with the hash that drew it. */
export interface Drawn {
  readonly rank: number;
  readonly hash: string;
  readonly id: string;
  readonly userId: string;
  readonly userName: string;
  readonly caseNumber: number;
}

/**
 * A sample of cases: those with the lowest SHA-256 of `<seed>|<id>`. Anybody can draw it again with `sha256sum`, and nobody who
 * does not choose the seed chooses the sample.
 */
export function drawn(cases: readonly PeriodCase[], size: number, seed: number): Drawn[] {
  return cases
    .map(({ id, userId, userName, caseNumber }) => ({
      hash: sha256(`${seed}|${id}`),
      id,
      userId,
      userName,
      caseNumber,
    }))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1))
    .slice(0, size)
    .map((one, index) => ({ rank: index + 1, ...one }));
}

/** The columns of sample.csv. */
export const SAMPLE_COLUMNS: Columns<Drawn> = {
  rank: (row) => row.rank,
  hash: (row) => row.hash,
  id: (row) => row.id,
  user: (row) => row.userName,
  user_id: (row) => row.userId,
  case: (row) => row.caseNumber,
};
