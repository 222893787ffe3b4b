import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../../sandbox/world/world.ts';
import { descendantsOf } from '../sandbox/leftovers.ts';

/** A process on this machine that runs a deployed function. */
export interface Worker {
  readonly pid: number;
  /** The most memory that it ever had. */
  readonly peakMb: number;
  /** Its bundle, as it was when the process started. */
  readonly code: string;
}

/** The processes of a deployed function of this world, not of another one on the same machine. Only Linux tells. */
export function workersOf({ emulators }: World, functionName: string): readonly Worker[] {
  return emulators.pids.flatMap(descendantsOf).flatMap((pid) => {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
      const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      if (!environment.includes(`AWS_LAMBDA_FUNCTION_NAME=${functionName}`) || kilobytes === undefined) {
        return [];
      }
      const code = readFileSync(join(readlinkSync(`/proc/${pid}/cwd`), 'index.mjs'), 'utf8');
      return [{ pid, peakMb: Math.round(Number(kilobytes) / 1_024), code }];
    } catch {
      return []; // it has ended meanwhile, or this system has no /proc
    }
  });
}
