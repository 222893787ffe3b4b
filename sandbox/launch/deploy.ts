import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import type { Assembly, FileAsset, Template } from './assembly.ts';
import type { Clients } from './clients.ts';
import { zipDirectory } from './zip.ts';

/** The deployed stack in the emulated account. */
export interface Deployed {
  readonly outputs: Readonly<Record<string, string>>;
  /** Physical ids by logical id. */
  readonly resources: Readonly<Record<string, string>>;
}

const TEMPLATE_KEY = 'localised-template.json';

/**
 * Uploads the bundles and deploys with CreateStack. The result is that of `cdk deploy` without bootstrapping, which
 * takes five seconds, and without change sets, which the emulator only pretends to have.
 */
export async function deploy(clients: Clients, assembly: Assembly, template: Template): Promise<Deployed> {
  const buckets = new Set(assembly.assets.map(({ bucket }) => bucket));
  const [bucket] = buckets;
  if (bucket === undefined) {
    throw new Error('the assembly has no bundle, so there is nothing that could run');
  }
  for (const name of buckets) {
    await clients.put(`/${name}`, Buffer.alloc(0));
  }
  await Promise.all(
    assembly.assets.map(async (asset) => clients.put(`/${asset.bucket}/${asset.key}`, await packed(asset))),
  );
  await clients.put(`/${bucket}/${TEMPLATE_KEY}`, Buffer.from(JSON.stringify(template)));
  const formation = clients.make(CloudFormationClient);
  const StackName = assembly.stackName;
  await formation.send(
    new CreateStackCommand({
      StackName,
      TemplateURL: `${clients.url}/${bucket}/${TEMPLATE_KEY}`,
      Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    }),
  );
  const outputs = await created(formation, StackName);
  const { StackResources } = await formation.send(new DescribeStackResourcesCommand({ StackName }));
  const pairs = (StackResources ?? []).map(
    ({ LogicalResourceId, PhysicalResourceId }) =>
      [LogicalResourceId ?? '', PhysicalResourceId ?? ''] as const,
  );
  return { outputs, resources: Object.fromEntries(pairs) };
}

async function packed(asset: FileAsset): Promise<Buffer> {
  return asset.packaging === 'zip' ? zipDirectory(asset.path) : readFile(asset.path);
}

async function created(formation: CloudFormationClient, StackName: string): Promise<Record<string, string>> {
  for (;;) {
    const { Stacks } = await formation.send(new DescribeStacksCommand({ StackName }));
    const stack = Stacks?.[0];
    if (stack?.StackStatus === 'CREATE_COMPLETE') {
      const pairs = (stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [
        OutputKey ?? '',
        OutputValue ?? '',
      ]);
      return Object.fromEntries(pairs);
    }
    if (stack?.StackStatus !== 'CREATE_IN_PROGRESS') {
      throw new Error(
        `the stack was not created (${stack?.StackStatus}): ${await failures(formation, StackName)}`,
      );
    }
    await pause(100);
  }
}

async function failures(formation: CloudFormationClient, StackName: string): Promise<string> {
  const { StackEvents } = await formation.send(new DescribeStackEventsCommand({ StackName }));
  const failed = (StackEvents ?? []).filter(({ ResourceStatus }) => ResourceStatus?.endsWith('FAILED'));
  return failed
    .map((event) => `${event.ResourceType} ${event.LogicalResourceId}: ${event.ResourceStatusReason}`)
    .join('; ');
}
