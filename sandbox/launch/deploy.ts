import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Capability,
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  UpdateStackCommand,
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
const CAPABILITIES: Capability[] = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'];

/**
 * Uploads the bundles and deploys with CreateStack. The result is that of `cdk deploy` without bootstrapping, which
 * takes five seconds, and without change sets, which the emulator only pretends to have.
 */
export async function deploy(clients: Clients, assembly: Assembly, template: Template): Promise<Deployed> {
  for (const name of new Set(assembly.assets.map(({ bucket }) => bucket))) {
    await clients.put(`/${name}`, Buffer.alloc(0));
  }
  await putBundles(clients, assembly);
  const formation = clients.make(CloudFormationClient);
  const { stackName: StackName } = assembly;
  const TemplateURL = await putTemplate(clients, assembly, template);
  await formation.send(new CreateStackCommand({ StackName, TemplateURL, Capabilities: CAPABILITIES }));
  return settled(formation, StackName, ['CREATE_COMPLETE']);
}

/**
 * Deploys over what is there, by UpdateStack. The template's bundles must have been put. A template that changes nothing, which
 * CloudFormation refuses, leaves everything as it is.
 */
export async function update(clients: Clients, assembly: Assembly, template: Template): Promise<Deployed> {
  const formation = clients.make(CloudFormationClient);
  const { stackName: StackName } = assembly;
  const TemplateURL = await putTemplate(clients, assembly, template);
  try {
    await formation.send(new UpdateStackCommand({ StackName, TemplateURL, Capabilities: CAPABILITIES }));
  } catch (error) {
    if (!String(error).includes(NOTHING_TO_UPDATE)) {
      throw error;
    }
    return settled(formation, StackName, ['CREATE_COMPLETE', 'UPDATE_COMPLETE']);
  }
  return settled(formation, StackName, ['UPDATE_COMPLETE']);
}

/** CloudFormation's refusal of an update without a change, which has no code of its own. */
const NOTHING_TO_UPDATE = 'No updates are to be performed';

/** Puts every bundle into the bucket in which the template looks for it. */
export async function putBundles(clients: Clients, { assets }: Assembly): Promise<void> {
  await Promise.all(
    assets.map(async (asset) => clients.put(`/${asset.bucket}/${asset.key}`, await packed(asset))),
  );
}

/** The template as it stands in the account now. */
export async function deployedTemplate(clients: Clients, StackName: string): Promise<Template> {
  const formation = clients.make(CloudFormationClient);
  const { TemplateBody } = await formation.send(new GetTemplateCommand({ StackName }));
  formation.destroy();
  return JSON.parse(TemplateBody ?? '') as Template;
}

/** Beside the bundles, because it is too long for the call itself. */
async function putTemplate(clients: Clients, { assets }: Assembly, template: Template): Promise<string> {
  const bucket = assets[0]?.bucket;
  if (bucket === undefined) {
    throw new Error('the assembly has no bundle, so there is nothing that could run');
  }
  await clients.put(`/${bucket}/${TEMPLATE_KEY}`, Buffer.from(JSON.stringify(template)));
  return `${clients.url}/${bucket}/${TEMPLATE_KEY}`;
}

async function packed(asset: FileAsset): Promise<Buffer> {
  return asset.packaging === 'zip' ? zipDirectory(asset.path) : readFile(asset.path);
}

/** Waits until the stack has one of these states. */
async function settled(
  formation: CloudFormationClient,
  StackName: string,
  ends: readonly string[],
): Promise<Deployed> {
  for (;;) {
    const { Stacks } = await formation.send(new DescribeStacksCommand({ StackName }));
    const { StackStatus = 'GONE', Outputs = [] } = Stacks?.[0] ?? {};
    if (ends.includes(StackStatus)) {
      const outputs = Outputs.map(
        ({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue] as const,
      );
      const { StackResources = [] } = await formation.send(new DescribeStackResourcesCommand({ StackName }));
      const resources = StackResources.map(
        ({ LogicalResourceId = '', PhysicalResourceId = '' }) =>
          [LogicalResourceId, PhysicalResourceId] as const,
      );
      formation.destroy();
      return { outputs: Object.fromEntries(outputs), resources: Object.fromEntries(resources) };
    }
    if (!StackStatus.endsWith('_IN_PROGRESS')) {
      throw new Error(`the stack is ${StackStatus}: ${await failures(formation, StackName)}`);
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
