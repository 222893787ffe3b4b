/** The stack, as CloudFormation knows it. */
import {
  type CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListStackResources,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import { GetRoleCommand, type IAMClient } from '@aws-sdk/client-iam';
import * as z from 'zod';
import { filterState } from '../../../functions/core/health/subscription-filter.ts';
import { Refused } from '../trouble.ts';
import type { Deployed, StackParts, Subscriber } from '../world.ts';

/** Reads the outputs of a stack. Throws Refused if it is none of ours. */
export async function describe(
  formation: CloudFormationClient,
  stack: string,
  region: string,
): Promise<Deployed> {
  const answer = await formation.send(new DescribeStacksCommand({ StackName: stack }));
  const [found] = answer.Stacks ?? [];
  const outputs = Object.fromEntries(
    (found?.Outputs ?? []).flatMap(({ OutputKey, OutputValue }) =>
      OutputKey === undefined || OutputValue === undefined ? [] : [[OutputKey, OutputValue] as const],
    ),
  );
  if (outputs.TableName === undefined) {
    throw new Refused(`The stack "${stack}" in ${region} has no output TableName. Is it a Solekey stack?`);
  }
  const [, , , , account = ''] = found?.StackId?.split(':') ?? [];
  return { account, region, stack, outputs };
}

/** An e-mail subscription in a template; all others are left out. */
const emailSchema = z.object({
  Type: z.literal('AWS::SNS::Subscription'),
  Properties: z.object({
    Protocol: z.literal('email'),
    Endpoint: z.string(),
    FilterPolicy: z.looseObject({ recipient: z.array(z.string()) }),
  }),
});

const templateSchema = z.object({ Resources: z.record(z.string(), z.unknown()) });

/** The parts of the stack. Resources and template are read once, when they are needed. */
export function stackParts(formation: CloudFormationClient, iam: IAMClient, stack: string): StackParts {
  let read: Promise<StackResourceSummary[]> | undefined;
  const resources = (type: string) => {
    read ??= allResources(formation, stack);
    return read.then((all) => all.filter(({ ResourceType }) => ResourceType === type));
  };
  return {
    async topics() {
      const topics = await resources('AWS::SNS::Topic');
      return topics.flatMap(({ PhysicalResourceId }) => PhysicalResourceId ?? []);
    },

    async queue(logicalId) {
      const queues = await resources('AWS::SQS::Queue');
      const found = queues.find(({ LogicalResourceId }) => LogicalResourceId?.startsWith(logicalId));
      return found?.PhysicalResourceId ?? null;
    },

    async subscribers() {
      const { TemplateBody = '{}' } = await formation.send(new GetTemplateCommand({ StackName: stack }));
      const { Resources } = templateSchema.parse(JSON.parse(TemplateBody));
      const made = await resources('AWS::SNS::Subscription');
      return Object.entries(Resources).flatMap(([id, resource]) => {
        const arn = made.find(({ LogicalResourceId }) => LogicalResourceId === id)?.PhysicalResourceId;
        return subscriberIn(resource, arn ?? null);
      });
    },

    async boundaries() {
      const names: string[] = [];
      for (const { PhysicalResourceId } of await resources('AWS::IAM::Role')) {
        const { Role } = await iam.send(new GetRoleCommand({ RoleName: PhysicalResourceId }));
        names.push(...(Role?.PermissionsBoundary === undefined ? [] : [PhysicalResourceId ?? '']));
      }
      return names;
    },
  };
}

async function allResources(formation: CloudFormationClient, stack: string) {
  const all: StackResourceSummary[] = [];
  for await (const page of paginateListStackResources({ client: formation }, { StackName: stack })) {
    all.push(...(page.StackResourceSummaries ?? []));
  }
  return all;
}

function subscriberIn(resource: unknown, made: string | null): Subscriber[] {
  const { data } = emailSchema.safeParse(resource);
  if (data === undefined) {
    return [];
  }
  const { Endpoint, FilterPolicy } = data.Properties;
  const mailbox = { ids: FilterPolicy.recipient, address: Endpoint };
  return [{ ...mailbox, filter: filterState(FilterPolicy, mailbox), made }];
}
