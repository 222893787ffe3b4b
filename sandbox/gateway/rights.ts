import type { runSimulation } from '@cloud-copilot/iam-simulate';
import type { AwsCall, Credential } from './call.ts';
import type { Caller } from './identity.ts';
import { readSession } from './identity.ts';

/** A policy of a role, with all references resolved to plain text. */
export interface RolePolicy {
  readonly name: string;
  readonly policy: { readonly Version: string; readonly Statement: readonly object[] };
}

/** Properties of the user that is the target of a call, for a policy's resource and conditions. */
export interface Target {
  readonly userName: string;
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Reads a user from the emulator by name; undefined if there is none. */
export type FindUser = (userName: string) => Promise<Target | undefined>;

/**
 * Checks the calls of deployed functions to IAM and CloudTrail against the policies in the template, with an evaluator that shares no
 * code with the product. Nothing is checked until the first role is added. After that a function whose role has no
 * policy is denied everything, so that a role name that does not match is noticed at once.
 */
export class Rights {
  readonly #account: string;
  readonly #policies = new Map<string, readonly RolePolicy[]>();
  #simulate: typeof runSimulation | undefined;

  constructor(account: string) {
    this.#account = account;
  }

  /** Checks all later calls of this role against these policies. */
  async enforce(role: string, policies: readonly RolePolicy[]): Promise<void> {
    // Loading the evaluator takes most of a second, and a world without a deployment does not need it.
    this.#simulate ??= (await import('@cloud-copilot/iam-simulate')).runSimulation;
    this.#policies.set(role, policies);
  }

  /** AWS's error message if the caller is not allowed to make the call; undefined if it is. */
  async refusal(call: AwsCall, caller: Caller, find: FindUser): Promise<string | undefined> {
    if (caller.kind !== 'role' || !this.#judges(caller.role, call.credential)) {
      return undefined;
    }
    const named = call.parameters.get('UserName');
    const found = named === null ? undefined : await find(named);
    const result = await this.#judge(call, caller.role, found ?? this.#nobody(named ?? '*'));
    return this.#message(result, call, caller, `resource: user ${found?.userName ?? named}`);
  }

  /** The same for a call that is about no resource, as CloudTrail's LookupEvents is. */
  async refusalOfAll(call: AwsCall, caller: Caller): Promise<string | undefined> {
    if (caller.kind !== 'role' || !this.#judges(caller.role, call.credential)) {
      return undefined;
    }
    const result = await this.#judge(call, caller.role, { userName: '', arn: '*', tags: {} });
    return this.#message(result, call, caller, 'resource: *');
  }

  #message(
    result: string,
    call: AwsCall,
    { role, session }: Caller & { readonly kind: 'role' },
    on: string,
  ): string | undefined {
    if (result === 'Allowed') {
      return undefined;
    }
    const action = `${call.service}:${call.action}`;
    const who = `arn:aws:sts::${this.#account}:assumed-role/${role}/${session}`;
    const why =
      result === 'ExplicitlyDenied'
        ? 'with an explicit deny in an identity-based policy'
        : `because no identity-based policy allows the ${action} action`;
    return `User: ${who} is not authorized to perform: ${action} on ${on} ${why}`;
  }

  #judges(role: string, credential: Credential): boolean {
    const deployed = readSession(credential.sessionToken) !== undefined;
    return this.#policies.has(role) || (deployed && this.#policies.size > 0);
  }

  /** Stands for a user that does not exist: as in IAM, the policy is evaluated with an empty path and no tags. */
  #nobody(userName: string): Target {
    return { userName, arn: `arn:aws:iam::${this.#account}:user/${userName}`, tags: {} };
  }

  async #judge(call: AwsCall, role: string, target: Target): Promise<string> {
    const policies = this.#policies.get(role) ?? [];
    if (this.#simulate === undefined || policies.length === 0) {
      return 'ImplicitlyDenied';
    }
    const tags = Object.entries(target.tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]);
    const result = await this.#simulate(
      {
        identityPolicies: [...policies],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
        request: {
          principal: `arn:aws:iam::${this.#account}:role/${role}`,
          action: `${call.service}:${call.action}`,
          resource: { resource: target.arn, accountId: this.#account },
          contextVariables: Object.fromEntries(tags),
        },
      },
      {},
    );
    if (!('overallResult' in result)) {
      throw new Error(`the policies of ${role} could not be evaluated: ${JSON.stringify(result)}`);
    }
    return result.overallResult;
  }
}
