/** How a case may end. */
export type Outcome = 'remediated' | 'settled-by-owner' | 'user-deleted' | 'excluded' | 'exception' | 'held';
