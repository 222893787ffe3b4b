import { createHash } from 'node:crypto';
import type { Credential } from './call.ts';
import { header, type WebRequest } from './http.ts';

/** The caller of an AWS call, before it is written in CloudTrail's form. */
export type Caller =
  | { readonly kind: 'user'; readonly userName: string; readonly userId: string; readonly arn: string }
  | { readonly kind: 'role'; readonly role: string; readonly session: string }
  | { readonly kind: 'root' };

export interface KeyOwner {
  readonly userName: string;
  readonly userId: string;
  readonly arn: string;
}

/** The sandbox's own calls, which set up users and keys. They use an access key id that belongs to nobody. */
const ADMINISTRATOR: Caller = { kind: 'role', role: 'OrganizationAdministrator', session: 'sandbox' };

/**
 * Identifies a caller by its credential: a deployed function by the session token that carries its role (see
 * ministack_world.py), a user by the owner of the access key, root by the access key id `root`. The header
 * `x-sandbox-role: <role>/<session>` selects any other role. An unknown access key id is the administrator.
 */
export async function identify(
  credential: Credential,
  request: WebRequest,
  ownerOf: (accessKeyId: string) => Promise<KeyOwner | undefined>,
): Promise<Caller> {
  const played = header(request, 'x-sandbox-role')?.split('/');
  if (played) {
    return { kind: 'role', role: played[0] ?? '', session: played[1] ?? 'session' };
  }
  const session = readSession(credential.sessionToken);
  if (session) {
    return { kind: 'role', ...session };
  }
  if (credential.accessKeyId === 'root') {
    return { kind: 'root' };
  }
  const owner = credential.accessKeyId.startsWith('AKIA') ? await ownerOf(credential.accessKeyId) : undefined;
  return owner ? { kind: 'user', ...owner } : ADMINISTRATOR;
}

/** The role and session in a function's session token; undefined for any other token. */
export function readSession(
  token: string | undefined,
): { readonly role: string; readonly session: string } | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(token ?? '', 'base64url').toString('utf8'));
    const { role, session } = read as { readonly role?: unknown; readonly session?: unknown };
    return typeof role === 'string' && typeof session === 'string' ? { role, session } : undefined;
  } catch {
    return undefined;
  }
}

/** A stable id in AWS's format, for things that have no id in the emulators. */
function idFrom(prefix: string, length: number, seed: string): string {
  return (
    prefix +
    createHash('sha256')
      .update(seed)
      .digest('hex')
      .toUpperCase()
      .slice(0, length - prefix.length)
  );
}

/** The `userIdentity` element of a CloudTrail record. */
export function userIdentity(
  caller: Caller,
  credential: Credential,
  request: WebRequest,
  account: string,
): object {
  const console_ = header(request, 'x-sandbox-console') !== undefined;
  const attributes = {
    creationDate: `${new Date().toISOString().slice(0, 14)}00:00Z`,
    mfaAuthenticated: 'false',
  };
  if (caller.kind === 'user') {
    return {
      type: 'IAMUser',
      principalId: caller.userId,
      arn: caller.arn,
      accountId: account,
      accessKeyId: console_ ? idFrom('ASIA', 20, caller.userId) : credential.accessKeyId,
      userName: caller.userName,
      ...(console_ ? { sessionContext: { attributes } } : {}),
    };
  }
  if (caller.kind === 'root') {
    return {
      type: 'Root',
      principalId: account,
      arn: `arn:aws:iam::${account}:root`,
      accountId: account,
      accessKeyId: idFrom('ASIA', 20, 'root'),
      sessionContext: { attributes },
    };
  }
  const roleId = idFrom('AROA', 21, caller.role);
  return {
    type: 'AssumedRole',
    principalId: `${roleId}:${caller.session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${caller.role}/${caller.session}`,
    accountId: account,
    accessKeyId: idFrom('ASIA', 20, `${caller.role}/${caller.session}`),
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: roleId,
        arn: `arn:aws:iam::${account}:role/${caller.role}`,
        accountId: account,
        userName: caller.role,
      },
      attributes,
    },
  };
}
