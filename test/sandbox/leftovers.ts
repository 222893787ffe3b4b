import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isFree } from '../../sandbox/world/ports.ts';

/** Who started each process of this machine, by process id. */
type Parents = ReadonlyMap<number, number>;

/** Linux tells in /proc, whatever is installed. */
function parentsInProc(): Parents {
  const parents = new Map<number, number>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      // `4711 (any name, even with a bracket) S 4242 ...`
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      parents.set(Number(pid), Number(parent));
    } catch {
      // It ended between the two looks.
    }
  }
  return parents;
}

function parentsFromPs(): Parents {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return new Map(pairs.map(([pid = -1, parent = -1]) => [pid, parent]));
}

/** All processes below one, read from the system, not from the code under test. */
export function descendantsOf(root: number): number[] {
  const parents = existsSync('/proc/self/stat') ? parentsInProc() : parentsFromPs();
  const below = (parent: number): number[] =>
    [...parents].filter(([, of]) => of === parent).flatMap(([pid]) => [pid, ...below(pid)]);
  return below(root);
}

/** A zombie is gone, too: it only waits for somebody to ask how it ended, and in a container that may be nobody. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return (
      !existsSync('/proc/self/stat') || !/\) [ZX] [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    );
  } catch {
    return false;
  }
}

export interface Left {
  readonly pids: readonly number[];
  readonly ports: readonly number[];
}

export const NOTHING: Left = { pids: [], ports: [] };

/** Within this time after a launcher's end nothing of it may be left. */
const WITHIN_MS = 5_000;

/** What is still there of these, at the latest five seconds after `since`; looks until nothing is. */
export async function leftAfter(
  since: number,
  pids: readonly number[],
  ports: readonly number[],
): Promise<Left> {
  for (;;) {
    const busy = (await Promise.all(ports.map(async (port) => ((await isFree(port)) ? [] : [port])))).flat();
    const left = { pids: pids.filter(isAlive), ports: busy };
    if (left.pids.length + left.ports.length === 0 || Date.now() - since >= WITHIN_MS) {
      return left;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
