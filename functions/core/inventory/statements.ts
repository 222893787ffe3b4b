import type { Names, PolicyDocument, Statement } from './documents.ts';
import { wildcardMatches } from './wildcard.ts';

/** The user whose name stands in for `${aws:username}`. */
export interface Subject {
  readonly userName: string;
}

/** One thing that somebody may be allowed to do. `resource` null: the resource does not matter. */
export interface Act {
  readonly action: string;
  readonly resource: string | null;
}

const USERNAME = /\$\{aws:username\}/gi;
const VARIABLE = /\$\{[^}]*\}/g;

/** True if a statement allows the act. A condition is taken to be met: it limits the permission, it does not end it. */
export function allows(statement: Statement, act: Act, subject: Subject): boolean {
  return (
    statement.effect === 'Allow' && namesAction(statement, act) && namesResource(statement, act, subject)
  );
}

/** True if a statement denies the act in every case. A denial under a condition, or of some resources, may not apply. */
export function denies(statement: Statement, act: Act, subject: Subject): boolean {
  const named = act.resource === null ? isEverything(statement.resources) : null;
  return (
    statement.effect === 'Deny' &&
    !statement.conditional &&
    namesAction(statement, act) &&
    (named ?? namesResource(statement, act, subject))
  );
}

/** True if any statement of a policy allows the act. */
export function documentAllows(document: PolicyDocument, act: Act, subject: Subject): boolean {
  return document.some((statement) => allows(statement, act, subject));
}

/** IAM compares actions without regard to case. */
function namesAction({ actions }: Statement, { action }: Act): boolean {
  const wanted = action.toLowerCase();
  return actions.patterns.some((glob) => wildcardMatches(glob.toLowerCase(), wanted)) !== actions.except;
}

function namesResource({ effect, resources }: Statement, { resource }: Act, { userName }: Subject): boolean {
  if (resource === null) {
    return true;
  }
  // A variable that is not known here is read in the way that makes the user more privileged, not less.
  const wide = (effect === 'Allow') !== resources.except;
  const filled = (glob: string) => {
    const own = glob.replace(USERNAME, userName);
    return wide ? own.replace(VARIABLE, '*') : own;
  };
  return resources.patterns.some((glob) => wildcardMatches(filled(glob), resource)) !== resources.except;
}

function isEverything({ patterns, except }: Names): boolean {
  return !except && patterns.some((glob) => /^\*+$/.test(glob));
}
