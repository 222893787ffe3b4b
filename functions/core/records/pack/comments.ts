import { sha256 } from '../../model/digest.ts';
import type { DecisionRow } from '../decision-row.ts';
import type { Columns } from '../table.ts';

/** The words that a person typed as the grounds of a decision. */
export interface Comment {
  /** SHA-256 of the words, as the decision record has it. */
  readonly commentDigest: string;
  /** Null if they were erased, or are not those that were sealed with the answer. */
  readonly comment: string | null;
  /** Of the decision record. */
  readonly id: string;
}

/** The words of all decisions that have any. */
export function commentsIn(
  decisions: readonly DecisionRow[],
  comments: ReadonlyMap<string, string>,
): Comment[] {
  return decisions.flatMap(({ id, commentDigest }) => {
    if (commentDigest === null) {
      return [];
    }
    const comment = comments.get(commentDigest);
    const isSealed = comment !== undefined && sha256(comment) === commentDigest;
    return [{ commentDigest, comment: isSealed ? comment : null, id }];
  });
}

/** The columns of comments.csv. */
export const COMMENT_COLUMNS: Columns<Comment> = {
  comment_digest: (row) => row.commentDigest,
  comment: (row) => row.comment,
  id: (row) => row.id,
};
