import type { Consumers, Workload } from '../usage/kind.ts';
import { AGENT } from './usage.ts';
import { list } from './words.ts';

const KIND: Readonly<Record<Workload, string>> = {
  ci: 'a CI job',
  lambda: 'a Lambda function',
  container: 'a container',
  machine: 'a machine in a VPC',
  deployment: 'a deployment tool',
  program: 'a program',
  person: 'a person',
  service: 'a service of AWS',
  scanner: 'a security scanner',
  unknown: 'an unknown program',
};

const INSTEAD: Readonly<Record<Workload, string | null>> = {
  ci: 'A CI job needs no access key: it can assume a role through OIDC.',
  lambda: 'A Lambda function needs no access key: it has an execution role.',
  container: 'A container needs no access key: it can have a task role in ECS, or EKS Pod Identity.',
  machine: 'A machine in a VPC needs no access key: an instance profile gives it a role.',
  deployment:
    'A deployment tool needs no access key: in a pipeline it can assume a role through OIDC, on a laptop through IAM Identity Center.',
  program:
    'A program in AWS can have a role instead of an access key; outside of AWS, IAM Roles Anywhere gives it one.',
  person: 'A person needs no access key: IAM Identity Center gives them credentials for a few hours.',
  service: 'A service of AWS that acts for a user can have a service role instead.',
  scanner: 'A scanner can assume a read-only role instead of using an access key.',
  unknown: null,
};

/** Sentences on the consumers of a key, on a shared key or one managed by code, and on what would replace it. */
export function consumerSentences({ kinds, shared, managedByCode }: Consumers): string[] {
  const known = kinds.flatMap((kind) => {
    const instead = INSTEAD[kind];
    return instead === null ? [] : [{ name: KIND[kind], instead }];
  });
  const tools = managedByCode.map((agent) => AGENT[agent]);
  return [
    ...(known.length === 0 ? [] : [`It seems to be used by ${list(known.map(({ name }) => name))}.`]),
    ...(shared ? ['Several kinds of software share this key, so each of them must be changed.'] : []),
    ...(tools.length === 0
      ? []
      : [
          `${list(tools)} ${tools.length === 1 ? 'uses' : 'use'} this key: change it in the configuration or pipeline, too.`,
        ]),
    ...known.map(({ instead }) => instead),
  ];
}
