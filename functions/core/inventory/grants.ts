import type { PolicyDocument } from './documents.ts';
import { ANYTHING, type Own, PASS_ROLE, POWERS, type Power, RUNNERS, targetsOf } from './powers.ts';
import { type Act, allows, denies, documentAllows, type Subject } from './statements.ts';

/** A policy that gives power over permissions. */
export interface Grant {
  readonly policy: string;
  readonly kind: PolicyKind;
  /** The group that the policy comes through; null if it is the user's own. */
  readonly group: string | null;
  readonly scope: Scope;
  /** The actions that let the user become an administrator. */
  readonly actions: readonly string[];
}

export type PolicyKind = 'aws-managed' | 'customer-managed' | 'inline';

/** How much a policy allows: every action, every power over permissions, or only some. */
export type Scope = 'everything' | 'iam' | 'some';

/** A policy that was read, and how it comes to the user. */
export interface Source extends Pick<Grant, 'policy' | 'kind' | 'group'> {
  readonly document: PolicyDocument;
}

/** The policies that give power within the boundary, which limits nothing if it is null. */
export function grantsOf(
  user: Subject & Own,
  sources: readonly Source[],
  boundary: PolicyDocument | null,
): Grant[] {
  const denying = [...sources.flatMap(({ document }) => document), ...(boundary ?? [])];
  const isLeft = (act: Act) =>
    !denying.some((statement) => denies(statement, act, user)) &&
    (boundary === null || documentAllows(boundary, act, user));
  const acts = (power: Power): Act[] =>
    targetsOf(power, user)
      .map((resource) => ({ action: power.action, resource }))
      .filter(isLeft);
  const runs = RUNNERS.map((action): Act => ({ action, resource: null })).some(
    (act) => isLeft(act) && sources.some(({ document }) => documentAllows(document, act, user)),
  );
  const powers = [
    ...POWERS.map((power) => ({ power, acts: acts(power), always: false })),
    ...(runs ? [{ power: PASS_ROLE, acts: acts(PASS_ROLE), always: true }] : []),
  ];
  return sources.flatMap(({ policy, kind, group, document }): Grant[] => {
    // Most policies pass roles under a condition, to one service. That does not count.
    const gives = ({ acts, always }: (typeof powers)[number]) =>
      acts.some((act) =>
        document.some((statement) => allows(statement, act, user) && !(always && statement.conditional)),
      );
    const actions = powers.filter(gives).map(({ power }) => power.action);
    return actions.length === 0
      ? []
      : [{ policy, kind, group, scope: scopeOf(document, actions, user), actions }];
  });
}

function scopeOf(document: PolicyDocument, actions: readonly string[], user: Subject): Scope {
  if (!POWERS.every(({ action }) => actions.includes(action))) {
    return 'some';
  }
  const whole = document.filter(({ actions: named, resources }) => !named.except && !resources.except);
  return documentAllows(whole, { action: ANYTHING, resource: ANYTHING }, user) ? 'everything' : 'iam';
}
