import { mkdir, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Guarded, startGuarded } from '../world/processes.ts';
import { SandboxError } from '../world/say.ts';
import type { SettingsDocument } from './settings.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CDK = join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');

export interface SynthOptions {
  /** Any Python 3.10 or newer, which runs the guard. */
  readonly python: string;
  /** Left out: the example's, as for a real deployment. */
  readonly settings?: SettingsDocument;
  /** The output directory; it is emptied first. */
  readonly directory: string;
}

export interface Synthesis {
  readonly done: Promise<void>;
  stop(): Promise<void>;
}

/**
 * An environment without the reader's AWS settings, which must not get into the template, and in which CDK asks
 * nothing.
 */
function cleanEnvironment(home: string): Record<string, string> {
  return {
    PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    HOME: home,
    LANG: 'C.UTF-8',
    CI: '1',
    NO_COLOR: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    // CDK's check against CloudFormation's schemas changes no template and takes as long as the rest; `npm run synth` makes it.
    CDK_VALIDATION: 'false',
  };
}

/** Runs `cdk synth` as for a deployment, with these settings or the example's, whatever the reader deploys from here. */
export async function startSynth(options: SynthOptions): Promise<Synthesis> {
  const { directory, settings, python } = options;
  await rm(directory, { recursive: true, force: true });
  await mkdir(join(directory, 'home'), { recursive: true });
  let said = '';
  const context =
    settings === undefined
      ? ['-c', 'settings=solekey.settings.example.json']
      : ['-c', `solekey=${JSON.stringify(settings)}`, '-c', 'solekey:sandbox=true'];
  const run = [process.execPath, CDK, 'synth', '--quiet', '-o', join(directory, 'assembly'), ...context];
  const child: Guarded = startGuarded({
    python,
    name: 'cdk',
    command: ['/bin/sh', '-c', 'cd "$0" && exec "$@"', ROOT, ...run],
    env: cleanEnvironment(join(directory, 'home')),
    output: (text) => {
      said += text;
    },
  });
  const finish = async () => {
    if ((await child.ended) !== 0) {
      throw new SandboxError(`The CDK could not synthesise the template:\n${said.trim()}`);
    }
  };
  return { done: finish(), stop: () => child.stop() };
}
