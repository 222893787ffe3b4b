/** An account as Solekey may find it: users with several keys, of which nobody has been asked yet. */
import { SandboxError } from '../world/say.ts';

interface FoundKey {
  readonly status: 'Active' | 'Inactive';
  readonly created: string;
  readonly lastUsed?: { readonly at: string; readonly service: string; readonly region: string };
}

/** A user to be made in IAM as if before the story. */
export interface FoundUser {
  readonly userName: string;
  readonly path?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly policies?: readonly string[];
  readonly keys: readonly FoundKey[];
}

/** The policy of one of them. */
export const ADMINISTRATOR_ACCESS = 'arn:aws:iam::aws:policy/AdministratorAccess';

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

function key(days: number, idleDays?: number, status: FoundKey['status'] = 'Active'): FoundKey {
  const created = daysAgo(days);
  return idleDays === undefined
    ? { status, created }
    : { status, created, lastUsed: { at: daysAgo(idleDays), service: 's3', region: 'eu-west-1' } };
}

/** Seven users, of whom four have more than one active key. */
export const FOUND: readonly FoundUser[] = [
  { userName: 'web-deploy', path: '/ci/', tags: { Owner: 'web' }, keys: [key(700, 120), key(200, 0.1)] },
  { userName: 'nightly-export', tags: { Owner: 'data' }, keys: [key(500, 0.4), key(90, 0.3)] },
  {
    userName: 'terraform',
    tags: { Owner: 'platform' },
    policies: [ADMINISTRATOR_ACCESS],
    keys: [key(400, 0.2), key(100, 0.1)],
  },
  { userName: 'old-backup', tags: {}, keys: [key(1_300), key(1_100)] },
  { userName: 'search-index', tags: { Owner: 'web' }, keys: [key(300, 2), key(500, 150, 'Inactive')] },
  { userName: 'mailer', tags: { Owner: 'web' }, keys: [key(250, 1)] },
  { userName: 'intern', path: '/people/', tags: {}, keys: [] },
];

/**
 * The parts of old users in the review. `together`: nothing is to be said against the proposal · `both-in-use` · `never-used` ·
 * `administrator` · `unknown-creator`: nobody knows who created the key to keep · `not-now`: left as it is for now.
 */
export type OldPart =
  | 'together'
  | 'both-in-use'
  | 'never-used'
  | 'administrator'
  | 'unknown-creator'
  | 'not-now';

/** A user from before Solekey, with a part in the review. */
export interface OldUser extends FoundUser {
  readonly part: OldPart;
}

/** A forgotten key, and one in use that was created within the 90 days of which CloudTrail tells. */
const FORGOTTEN_AND_USED = [key(900, 500), key(60, 0.2)];

/** The number of old users with each part, and what they have. */
const OLD: Readonly<Record<OldPart, Pick<FoundUser, 'keys' | 'policies'> & { readonly users: number }>> = {
  // One of them changes during the review, and is decided alone.
  together: { users: 21, keys: FORGOTTEN_AND_USED },
  'both-in-use': { users: 2, keys: [key(500, 0.4), key(200, 0.1)] },
  'never-used': { users: 2, keys: [key(700), key(200)] },
  administrator: { users: 1, keys: FORGOTTEN_AND_USED, policies: [ADMINISTRATOR_ACCESS] },
  'unknown-creator': { users: 2, keys: FORGOTTEN_AND_USED },
  'not-now': { users: 2, keys: [key(600, 1), key(400, 20)] },
};

/** Thirty users with two active keys each, as years without anybody looking after keys leave them. */
export const OLD_VIOLATIONS: readonly OldUser[] = Object.entries(OLD)
  .flatMap(([part, { users, ...has }]) =>
    Array.from({ length: users }, () => ({ part: part as OldPart, ...has })),
  )
  .map((user, index) => ({
    userName: `old-${String(index + 1).padStart(2, '0')}`,
    tags: { Owner: index % 3 === 0 ? 'web' : 'data' },
    ...user,
  }));

/** Puts the users into IAM. There are no events, because this was before Solekey. */
export async function makeFound(motoUrl: string, users: readonly FoundUser[]): Promise<void> {
  await post(
    `${motoUrl}/sandbox/users`,
    users.map((user) => ({ created: daysAgo(1_500), ...user })),
  );
}

/** Takes them out of IAM again, so that the story has its own users only. */
export async function forgetFound(motoUrl: string): Promise<void> {
  await post(
    `${motoUrl}/sandbox/forget`,
    FOUND.map(({ userName }) => userName),
  );
}

async function post(url: string, body: unknown): Promise<void> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) {
    throw new SandboxError(`${url}: ${await answer.text()}`);
  }
}
