import type { GuardedQueue } from '../gateway/senders.ts';
import type { Template } from './assembly.ts';
import { type Known, resolved } from './resolve.ts';

interface QueuePolicy {
  readonly PolicyDocument: { readonly Version: string; readonly Statement: readonly object[] };
  readonly Queues: readonly { readonly Ref: string }[];
}

/** Queues whose policy, as synthesised, denies messages to some senders, by their names. */
export function guardedQueues(template: Template, known: Known): ReadonlyMap<string, GuardedQueue> {
  const policies = Object.values(template.Resources)
    .filter(({ Type }) => Type === 'AWS::SQS::QueuePolicy')
    .map(({ Properties }) => Properties as unknown as QueuePolicy)
    .filter(({ PolicyDocument }) => JSON.stringify(PolicyDocument).includes('"ArnNotEquals"'));
  const withArns = { ...known, arns: arnsOf(template, known) };
  return new Map(
    policies.flatMap(({ PolicyDocument, Queues }) =>
      Queues.map(({ Ref: id }): [string, GuardedQueue] => [
        nameOf(known, id),
        { arn: withArns.arns[id] ?? '', policy: resolved(PolicyDocument, withArns) as object },
      ]),
    ),
  );
}

const nameOf = ({ resources }: Known, id: string): string => resources[id]?.split('/').at(-1) ?? id;

/** ARNs of queues, rules and roles, which the policies of queues name. */
function arnsOf({ Resources }: Template, known: Known): Readonly<Record<string, string>> {
  const place = `${known.region}:${known.account}`;
  const made: Readonly<Record<string, (name: string) => string>> = {
    'AWS::SQS::Queue': (name) => `arn:aws:sqs:${place}:${name}`,
    'AWS::IAM::Role': (name) => `arn:aws:iam::${known.account}:role/${name}`,
    'AWS::Events::Rule': (name) => `arn:aws:events:${place}:rule/${name}`,
  };
  return Object.fromEntries(
    Object.entries(Resources).flatMap(([id, { Type }]) => {
      const arn = made[Type]?.(nameOf(known, id));
      return arn === undefined ? [] : [[id, arn]];
    }),
  );
}
