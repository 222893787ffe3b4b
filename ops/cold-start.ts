/**
 * Cold starts of the functions: what importing each deployed bundle costs, beside a hello-world with one client of the
 * SDK and its default chain of credential providers. Only ratios mean something: a machine has its speed, and Lambda another.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Fresh processes for each bundle, taken in turn, so that a busy moment of the machine meets all of them. */
const ROUNDS = 11;

const HELLO = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({});
export const handler = async () => ({ region: await client.config.region() });`;

/** Some packages of the SDK call `require`, which an ES module does not have. */
const BANNER = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** Prints the processor time of one import in milliseconds. Waiting for the processor does not count. */
const PROBE = `const before = process.cpuUsage();
await import(process.argv[1]);
const { user, system } = process.cpuUsage(before);
process.stdout.write(String((user + system) / 1000));
process.exit(0);`;

interface Bundle {
  readonly name: string;
  readonly file: string;
  /** The environment variables that the function reads. */
  readonly variables: Readonly<Record<string, string>>;
}

interface LambdaFunction {
  readonly Type: string;
  readonly Properties: {
    readonly Description?: string;
    readonly Code?: { readonly S3Key?: string };
    readonly Environment?: { readonly Variables?: Readonly<Record<string, unknown>> };
  };
}

/** The table of cold starts. Synthesises the app with the example's settings and starts some fifty processes: half a minute. */
export async function coldStarts(rounds = ROUNDS): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'solekey-bench-'));
  try {
    const bundles = [await helloWorld(directory), ...deployed(directory)];
    const times = bundles.map((): number[] => []);
    for (let round = 0; round < rounds; round += 1) {
      bundles.forEach((bundle, place) => {
        times[place]?.push(importTime(bundle));
      });
    }
    const medians = times.map(median);
    return table(bundles, medians, rounds);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function helloWorld(directory: string): Promise<Bundle> {
  const file = join(directory, 'hello', 'index.mjs');
  mkdirSync(join(directory, 'hello'));
  await build({
    stdin: { contents: HELLO, resolveDir: ROOT },
    outfile: file,
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: BANNER },
    logLevel: 'warning',
  });
  return { name: 'hello-world', file, variables: {} };
}

/** The bundles that a deployment would upload. */
function deployed(directory: string): Bundle[] {
  const cdk = join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  const out = join(directory, 'assembly');
  execFileSync(
    process.execPath,
    [cdk, 'synth', '--quiet', '--output', out, '-c', 'settings=solekey.settings.example.json'],
    { cwd: ROOT, stdio: 'pipe' },
  );
  const { Resources } = JSON.parse(readFileSync(join(out, 'Solekey.template.json'), 'utf8')) as {
    readonly Resources: Readonly<Record<string, LambdaFunction>>;
  };
  return Object.values(Resources).flatMap(({ Type, Properties: { Description, Code, Environment } }) => {
    const [, name] = /^Solekey (\w+):/.exec(Description ?? '') ?? [];
    const [asset = ''] = (Code?.S3Key ?? '').split('.');
    const file = join(out, `asset.${asset}`, 'index.mjs');
    const variables = Object.fromEntries(
      Object.entries(Environment?.Variables ?? {}).map(([key, value]) => [key, inText(value)]),
    );
    return Type === 'AWS::Lambda::Function' && name !== undefined ? [{ name, file, variables }] : [];
  });
}

/** The value as text; the name of a resource, which only a deployment knows, is `1`. */
function inText(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  const join = (value as { readonly 'Fn::Join'?: readonly [string, readonly unknown[]] })['Fn::Join'];
  return join === undefined ? '1' : join[1].map(inText).join(join[0]);
}

function importTime({ file, variables }: Bundle): number {
  const credentials = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', AWS_SESSION_TOKEN: 'x' };
  const env = {
    PATH: process.env.PATH,
    AWS_REGION: 'us-east-1',
    NODE_NO_WARNINGS: '1',
    ...credentials,
    ...variables,
  };
  const url = pathToFileURL(file).href;
  const options = { env, encoding: 'utf8', stdio: 'pipe' } as const;
  return Number(execFileSync(process.execPath, ['--input-type=module', '--eval', PROBE, url], options));
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

function table(bundles: readonly Bundle[], medians: readonly number[], rounds: number): string {
  const base = medians[0] ?? 1;
  const rows = bundles.map(({ name, file }, place) => {
    const time = medians[place] ?? 0;
    const kilobytes = Math.round(statSync(file).size / 1000);
    return `| ${name} | ${kilobytes} kB | ${Math.round(time)} ms | ${(time / base).toFixed(2)} |`;
  });
  const head = `Importing a bundle, Node ${process.version}, processor time, median of ${rounds} fresh processes:`;
  return [head, '', '| bundle | size | import | ratio |', '|---|---|---|---|', ...rows].join('\n');
}
