import type { ViewLine } from '../gateway/config/service.ts';
import type { TrueUser } from './truth.ts';

/** What AWS Config may show of a user. */
export type Compliance = 'COMPLIANT' | 'NON_COMPLIANT';

type Line = Pick<ViewLine, 'resourceId' | 'complianceType'>;

/** What AWS Config must show of a user, from what IAM holds alone; null: nothing, as there are no keys to judge. */
export function complianceOf(user: Pick<TrueUser, 'keys'> | undefined): Compliance | null {
  const keys = user?.keys ?? [];
  const active = keys.filter(({ status }) => status === 'Active');
  if (keys.length === 0) {
    return null;
  }
  return active.length > 1 ? 'NON_COMPLIANT' : 'COMPLIANT';
}

/** Where AWS Config's view of one user is not what IAM holds, in a sentence; undefined when they agree. */
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

/** AWS Config's view held against IAM, for everybody whom either of them knows. */
export interface Comparison {
  readonly agreeing: number;
  readonly compared: number;
  /** By user id. */
  readonly disagreements: ReadonlyMap<string, string>;
}

/** `also`: users that are to be compared whether or not anybody knows them any more. */
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
