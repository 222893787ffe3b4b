import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  UpdateAccessKeyCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam';
import type { Faults } from '../gateway/faults.ts';
import { ADMINISTRATOR, type Clients, type Credentials, type Headers } from '../launch/clients.ts';

/** The history that a key should have in IAM: its age and last use. */
export interface KeyHistory {
  /** Left out: created now. */
  readonly daysOld?: number;
  /** Left out: never used. */
  readonly usedHoursAgo?: number;
  readonly service?: string;
  readonly region?: string;
  /** Creates the key although the quota is reached. In AWS the quota check is racy, so this happens. */
  readonly beyondQuota?: boolean;
}

const HOUR_MS = 3_600_000;

const hoursAgo = (hours: number): string => new Date(Date.now() - hours * HOUR_MS).toISOString();

/** The gateway's headers that give a key this history. */
function headersFor({ daysOld, usedHoursAgo, service, region, beyondQuota }: KeyHistory): Headers {
  return {
    ...(daysOld === undefined ? {} : { 'x-sandbox-created': hoursAgo(24 * daysOld) }),
    ...(usedHoursAgo === undefined
      ? {}
      : {
          'x-sandbox-last-used-at': hoursAgo(usedHoursAgo),
          'x-sandbox-last-used-service': service ?? 's3',
          'x-sandbox-last-used-region': region ?? 'us-east-1',
        }),
    ...(beyondQuota ? { 'x-sandbox-no-quota': 'yes' } : {}),
  };
}

/**
 * Changes to IAM users and their keys by people: an administrator of the account, or a user with a key of their own.
 * Keys are created one at a time, because the fault that hides new keys hides those of all users.
 */
export class Owners {
  readonly #clients: Clients;
  readonly #faults: Faults;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(clients: Clients, faults: Faults) {
    this.#clients = clients;
    this.#faults = faults;
  }

  async createUser(
    userName: string,
    daysOld: number,
    tags: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const created = { 'x-sandbox-created': hoursAgo(24 * daysOld) };
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    await this.#clients.iam(ADMINISTRATOR, created).send(new CreateUserCommand({ UserName: userName, Tags }));
  }

  createKey(userName: string, history: KeyHistory): Promise<string> {
    return this.#inTurn(() => this.#create(ADMINISTRATOR, { UserName: userName }, history));
  }

  /** Creates a key as the user, signed with one of their keys and without a user name; IAM then takes the caller. */
  createOwnKey(signedWith: string, history: KeyHistory): Promise<string> {
    return this.#inTurn(() => this.#create(credentialsOf(signedWith), {}, history));
  }

  /** Creates a key for this user as another user, signed with that user's key. */
  createKeyAs(signedWith: string, userName: string, history: KeyHistory): Promise<string> {
    return this.#inTurn(() => this.#create(credentialsOf(signedWith), { UserName: userName }, history));
  }

  /** Creates a key for this user in a session of a role of the account. */
  createKeyIn(
    { role, session }: { readonly role: string; readonly session: string },
    userName: string,
    history: KeyHistory,
  ): Promise<string> {
    const played = { 'x-sandbox-role': `${role}/${session}` };
    return this.#inTurn(() => this.#create(ADMINISTRATOR, { UserName: userName }, history, played));
  }

  /** Creates a key that IAM's lists do not show for this many seconds, as happens in AWS. */
  createKeyShownLate(userName: string, history: KeyHistory, seconds: number): Promise<string> {
    return this.#inTurn(async () => {
      this.#faults.hideNewKeys(seconds);
      try {
        return await this.#create(ADMINISTRATOR, { UserName: userName }, history);
      } finally {
        this.#faults.hideNewKeys(0);
      }
    });
  }

  switchOff(userName: string, keyId: string): Promise<void> {
    return this.#setStatus(userName, keyId, 'Inactive');
  }

  switchOn(userName: string, keyId: string): Promise<void> {
    return this.#setStatus(userName, keyId, 'Active');
  }

  async deleteKey(userName: string, keyId: string): Promise<void> {
    const command = new DeleteAccessKeyCommand({ UserName: userName, AccessKeyId: keyId });
    await this.#clients.iam().send(command);
  }

  async rename(userName: string, to: string): Promise<void> {
    await this.#clients.iam().send(new UpdateUserCommand({ UserName: userName, NewUserName: to }));
  }

  /**
   * Deletes a user and, as IAM requires, their keys first. The events of these deletions are delayed until all is
   * done: an evaluation in between would rightly find one key left and conclude that the owner settled the case.
   */
  async deleteUser(userName: string, keys: readonly string[]): Promise<void> {
    this.#faults.disturbEvents({ eventName: 'DeleteAccessKey', userName }, { delayMs: 2_000 }, keys.length);
    for (const keyId of keys) {
      await this.deleteKey(userName, keyId);
    }
    await this.#clients.iam().send(new DeleteUserCommand({ UserName: userName }));
  }

  /** Attaches the policy by which AWS stops the worst use of a leaked key of a user. */
  async quarantine(UserName: string): Promise<void> {
    const PolicyArn = 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV2';
    await this.#clients.iam().send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
  }

  async #setStatus(UserName: string, AccessKeyId: string, Status: 'Active' | 'Inactive'): Promise<void> {
    await this.#clients.iam().send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status }));
  }

  async #create(
    by: Credentials,
    input: { readonly UserName?: string },
    history: KeyHistory,
    headers: Headers = {},
  ): Promise<string> {
    const client = this.#clients.iam(by, { ...headersFor(history), ...headers });
    const { AccessKey } = await client.send(new CreateAccessKeyCommand(input));
    return AccessKey?.AccessKeyId ?? '';
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

const credentialsOf = (accessKeyId: string): Credentials => ({ accessKeyId, secretAccessKey: 'sandbox' });
