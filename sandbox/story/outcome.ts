/** The possible outcomes of a case. */
export type Outcome = 'remediated' | 'settled-by-owner' | 'user-deleted' | 'excluded' | 'exception' | 'held';
