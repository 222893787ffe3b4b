import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Launched } from '../launch/launch.ts';
import { startGuarded } from '../world/processes.ts';
import { findPython } from '../world/python.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COMMAND = join('ops', 'control.ts');

/**
 * Runs the operator's command against the sandbox in a process of its own, which gets nothing from us but AWS's
 * address and credentials. Returns its output.
 */
export async function runControl(launched: Launched, command: 'pause' | 'resume'): Promise<string> {
  const { executable: python } = await findPython(process.env);
  const { assembly, gatewayUrl, world } = launched;
  const options = ['--stack', assembly.stackName, '--region', world.region];
  let said = '';
  const child = startGuarded({
    python,
    name: 'control',
    command: [
      ...['/bin/sh', '-c', 'cd "$0" && exec "$@"', ROOT],
      ...[process.execPath, '--import', 'tsx', COMMAND, command, ...options],
    ],
    env: {
      PATH: [dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
      // The reader's own AWS profile, region and credentials must not be used.
      HOME: world.runDirectory,
      AWS_ENDPOINT_URL: gatewayUrl,
      AWS_ACCESS_KEY_ID: 'operator',
      AWS_SECRET_ACCESS_KEY: 'sandbox',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    output: (text) => {
      said += text;
    },
  });
  const code = await child.ended;
  if (code !== 0) {
    throw new Error(`ops/control.ts ${command} ended with ${code}: ${said.trim()}`);
  }
  return said.trim();
}
