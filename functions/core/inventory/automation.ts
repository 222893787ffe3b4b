import type { SurveyedUser } from './surveyed.ts';

/** Software or a person, and the sign that says so. A sign is a habit, not a proof; nothing is decided by it. */
export type Automation =
  | { readonly kind: 'automation'; readonly by: AutomationSign }
  | { readonly kind: 'person'; readonly by: AutomationSign }
  | { readonly kind: 'unknown' };

/** The sign: a tag of the user, the user's path, or if they have a console password. */
export type AutomationSign = 'tag' | 'path' | 'console-password';

/** Tags that say what kind of user this is, in lower case without separators. */
const KIND_TAGS = ['type', 'usertype', 'accounttype', 'identitytype', 'kind', 'usage'];

const SOFTWARE = /^(?:automation|app|application|bot|ci|cicd|machine|robot|service|serviceaccount|system)$/;
const PERSON = /^(?:employee|human|people|person|staff|user)$/;

/** A part of a path that tells software from people: `/service/`, `/ci/`, `/svc-accounts/`. */
const PATH = /^(?:apps?|automation|bots?|ci|cicd|machines?|robots?|services?|svc)(?:users?|accounts?)?$/;

const plain = (text: string) => text.toLowerCase().replace(/[\s_-]+/g, '');

/**
 * Tells software from people: by a tag that says so, else by the path, else by the console password, which software has no
 * use for. A person who works with keys only looks like software.
 */
export function automationOf({
  tags,
  path,
  console,
}: Pick<SurveyedUser, 'tags' | 'path' | 'console'>): Automation {
  const kinds = Object.entries(tags ?? {}).flatMap(([key, value]) =>
    KIND_TAGS.includes(plain(key)) ? [plain(value)] : [],
  );
  if (kinds.some((kind) => SOFTWARE.test(kind))) {
    return { kind: 'automation', by: 'tag' };
  }
  if (kinds.some((kind) => PERSON.test(kind))) {
    return { kind: 'person', by: 'tag' };
  }
  if (path.split('/').some((part) => PATH.test(plain(part)))) {
    return { kind: 'automation', by: 'path' };
  }
  return console === null
    ? { kind: 'unknown' }
    : { kind: console ? 'person' : 'automation', by: 'console-password' };
}
