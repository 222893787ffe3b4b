import type { runSimulation } from '@cloud-copilot/iam-simulate';
import type { AwsCall, ServiceHandler } from './call.ts';
import { forward } from './http.ts';
import { type Caller, identify } from './identity.ts';
import { refuse } from './refusal.ts';

/** The policy of a queue, with all references resolved to plain text. */
export interface GuardedQueue {
  readonly arn: string;
  readonly policy: object;
}

/** An administrator's policy, so that only the queue's own policy can refuse a message. */
const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

const SENDING = ['SendMessage', 'SendMessageBatch'];

/**
 * Checks messages for queues whose policy denies some senders, by that policy and with an evaluator that shares no code
 * with the product. The emulator stores the policies and enforces none. Events that it delivers itself do not come
 * through here.
 */
export class Senders {
  readonly #account: string;
  #queues: ReadonlyMap<string, GuardedQueue> = new Map();
  #simulate: typeof runSimulation | undefined;

  constructor(account: string) {
    this.#account = account;
  }

  /** Guards exactly these queues from now on, by their names. */
  async guard(queues: ReadonlyMap<string, GuardedQueue>): Promise<void> {
    this.#simulate ??= (await import('@cloud-copilot/iam-simulate')).runSimulation;
    this.#queues = queues;
  }

  /** AWS's error message if the caller is not allowed to send this message; undefined if it is. */
  async refusal(call: AwsCall): Promise<string | undefined> {
    const queue = SENDING.includes(call.action) ? this.#queues.get(queueNameIn(call)) : undefined;
    if (queue === undefined || this.#simulate === undefined) {
      return undefined;
    }
    const caller = await identify(call.credential, call.request, async () => undefined);
    const principal = this.#arnOf(caller);
    const result = await this.#simulate(
      {
        identityPolicies: [{ name: 'everything', policy: EVERYTHING }],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
        resourcePolicy: queue.policy,
        request: {
          principal,
          action: 'sqs:SendMessage',
          resource: { resource: queue.arn, accountId: this.#account },
          contextVariables: { 'aws:SecureTransport': 'true', 'aws:PrincipalArn': principal },
        },
      },
      {},
    );
    if (!('overallResult' in result)) {
      throw new Error(`the policy of ${queue.arn} could not be evaluated: ${JSON.stringify(result)}`);
    }
    return result.overallResult === 'Allowed'
      ? undefined
      : `User: ${principal} is not authorized to perform: sqs:sendmessage on resource: ${queue.arn} with an explicit deny in a resource-based policy`;
  }

  #arnOf(caller: Caller): string {
    const iam = `arn:aws:iam::${this.#account}`;
    return caller.kind === 'role'
      ? `${iam}:role/${caller.role}`
      : caller.kind === 'user'
        ? caller.arn
        : `${iam}:root`;
  }
}

function queueNameIn({ request }: AwsCall): string {
  const { QueueUrl } = JSON.parse(request.body.toString('utf8')) as { readonly QueueUrl?: string };
  return QueueUrl?.split('/').at(-1) ?? '';
}

/** SQS: ministack, with the policies of queues. */
export function sqsService(ministackUrl: string, senders: Senders): ServiceHandler {
  return async (call) => {
    const refusal = await senders.refusal(call);
    return refusal === undefined
      ? forward(ministackUrl, call.request)
      : refuse(call, 403, 'AccessDenied', refusal);
  };
}
