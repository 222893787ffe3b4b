import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../world/world.ts';

/** The most lines that the emulated CloudWatch Logs has in one answer. It gives no token for more. */
const MOST_LINES = 10_000;

async function ask(url: string, action: string, input: object): Promise<unknown> {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `Logs_20140328.${action}`,
  };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input) });
  if (!answer.ok) {
    throw new Error(`${action}: ${answer.status} ${await answer.text()}`);
  }
  return answer.json();
}

/**
 * Everything that functions logged, each line once, among lines of the emulator. Its own log has no output of functions that
 * the API invokes; only its CloudWatch Logs have that.
 */
export async function linesLogged({ emulators, runDirectory }: World): Promise<ReadonlySet<string>> {
  const lines = new Set(readFileSync(join(runDirectory, 'ministack.log'), 'utf8').split('\n'));
  const { logGroups } = (await ask(emulators.ministackUrl, 'DescribeLogGroups', {})) as {
    readonly logGroups: readonly { readonly logGroupName: string }[];
  };
  for (const { logGroupName } of logGroups) {
    const { events } = (await ask(emulators.ministackUrl, 'FilterLogEvents', { logGroupName })) as {
      readonly events: readonly { readonly message: string }[];
    };
    if (events.length >= MOST_LINES) {
      throw new Error(`${logGroupName} has more lines than can be read`);
    }
    for (const { message } of events) {
      lines.add(message);
    }
  }
  return lines;
}
