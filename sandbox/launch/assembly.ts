import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A resource of a CloudFormation template, with the parts that the sandbox reads. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly [attribute: string]: unknown;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly [section: string]: unknown;
}

/** Logical ids of a template's functions by their handler, as the CDK makes them: `ReconcileFunction585E26B3`. */
export function functionsOf({ Resources }: Template): ReadonlyMap<string, string> {
  const named = Object.entries(Resources).flatMap(([id, { Type }]) => {
    const [, handler] =
      Type === 'AWS::Lambda::Function' ? (/^(\w+?)Function[0-9A-F]{8}$/.exec(id) ?? []) : [];
    return handler === undefined ? [] : [[handler.toLowerCase(), id] as const];
  });
  return new Map(named);
}

/** A bundle that must be in a bucket before the stack is created. */
export interface FileAsset {
  readonly path: string;
  readonly packaging: 'zip' | 'file';
  readonly bucket: string;
  readonly key: string;
}

/** The output of CDK: the template to deploy, and the bundles it refers to. */
export interface Assembly {
  readonly stackName: string;
  readonly template: Template;
  readonly assets: readonly FileAsset[];
}

/** The directory with a function's code; an error when the assembly has no such function. */
export function bundleOf({ template, assets }: Assembly, handler: string): string {
  const resource = template.Resources[functionsOf(template).get(handler) ?? ''];
  const { S3Key } = (resource?.Properties?.Code ?? {}) as { readonly S3Key?: string };
  const asset = assets.find(({ key }) => key === S3Key);
  if (asset === undefined) {
    throw new Error(`the assembly has no bundle of ${handler}`);
  }
  return asset.path;
}

interface Manifest {
  readonly artifacts: Readonly<
    Record<
      string,
      {
        readonly type: string;
        readonly properties?: { readonly templateFile?: string; readonly file?: string };
      }
    >
  >;
}

interface AssetManifest {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path?: string; readonly packaging?: 'zip' | 'file' };
        readonly destinations: Readonly<
          Record<string, { readonly bucketName: string; readonly objectKey: string }>
        >;
      }
    >
  >;
}

/** CDK's placeholder in names if the account is not known at synth. */
const ACCOUNT_PLACEHOLDER = ['$', '{AWS::AccountId}'].join('');

async function readJson<Content>(directory: string, file: string): Promise<Content> {
  return JSON.parse(await readFile(join(directory, file), 'utf8')) as Content;
}

/** Reads a cloud assembly with exactly one stack. */
export async function readAssembly(directory: string, account: string): Promise<Assembly> {
  const { artifacts } = await readJson<Manifest>(directory, 'manifest.json');
  const stacks = Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const [stack] = stacks;
  const templateFile = stack?.[1].properties?.templateFile;
  if (stack === undefined || templateFile === undefined || stacks.length > 1) {
    throw new Error(
      `the sandbox deploys one stack, and the app has ${stacks.length}: ${stacks.map(([id]) => id)}`,
    );
  }
  const manifests = Object.values(artifacts).flatMap(({ type, properties }) =>
    type === 'cdk:asset-manifest' && properties?.file !== undefined ? [properties.file] : [],
  );
  const assets = await Promise.all(manifests.map((file) => readAssets(directory, file, account)));
  return {
    stackName: stack[0],
    template: await readJson<Template>(directory, templateFile),
    assets: assets.flat().filter(({ path }) => path !== join(directory, templateFile)),
  };
}

async function readAssets(directory: string, file: string, account: string): Promise<FileAsset[]> {
  const { files } = await readJson<AssetManifest>(directory, file);
  return Object.values(files).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(({ bucketName, objectKey }) => ({
      path: join(directory, source.path ?? ''),
      packaging: source.packaging ?? 'file',
      bucket: bucketName.replaceAll(ACCOUNT_PLACEHOLDER, account),
      key: objectKey,
    })),
  );
}
