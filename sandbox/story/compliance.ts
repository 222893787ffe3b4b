import type { ViewLine } from '../gateway/config/service.ts';
import type { TrueUser } from './truth.ts';

/** The compliance types that AWS Config may show for a user. */
export type Compliance = 'COMPLIANT' | 'NON_COMPLIANT';

type Line = Pick<ViewLine, 'resourceId' | 'complianceType'>;

/**
 * The compliance type that AWS Config must show for a user, derived from IAM alone; null for a user without keys, who
 * must not be shown.
 */
export function complianceOf(user: Pick<TrueUser, 'keys'> | undefined): Compliance | null {
  const keys = user?.keys ?? [];
  const active = keys.filter(({ status }) => status === 'Active');
  if (keys.length === 0) {
    return null;
  }
  return active.length > 1 ? 'NON_COMPLIANT' : 'COMPLIANT';
}

/** A sentence that says how AWS Config's result for one user differs from IAM; undefined if they agree. */
export function disagreement(
  userId: string,
  user: Pick<TrueUser, 'keys'> | undefined,
  view: readonly Line[],
): string | undefined {
  const right = complianceOf(user);
  const shown = view.find(({ resourceId }) => resourceId === userId)?.complianceType ?? null;
  if (shown === right) {
    return undefined;
  }
  return `AWS Config shows ${shown ?? 'nothing'}, and it should be ${right ?? 'nothing'}`;
}

/** AWS Config's results compared with IAM, for every user that either of them has. */
export interface Comparison {
  readonly agreeing: number;
  readonly compared: number;
  /** One sentence per user, by user id. */
  readonly disagreements: ReadonlyMap<string, string>;
}

/** Compares AWS Config with IAM. `also` has ids of users to compare even if neither has them any more. */
export function compare(
  users: readonly TrueUser[],
  view: readonly Line[],
  also: readonly string[],
): Comparison {
  const byId = new Map(users.map((user) => [user.userId, user]));
  const ids = new Set([...byId.keys(), ...view.map(({ resourceId }) => resourceId), ...also]);
  const disagreements = new Map<string, string>();
  for (const id of ids) {
    const sentence = disagreement(id, byId.get(id), view);
    if (sentence !== undefined) {
      disagreements.set(id, sentence);
    }
  }
  return { agreeing: ids.size - disagreements.size, compared: ids.size, disagreements };
}
