import { SandboxError } from '../world/say.ts';
import type { Launched } from './launch.ts';

/** Resolves like `work`, but rejects immediately if an emulator dies, because `work` would then never finish. */
export function whileAlive<Result>({ world }: Launched, work: Promise<Result>): Promise<Result> {
  const death = world.emulators.died.then((line): never => {
    throw new SandboxError(line);
  });
  return Promise.race([work, death]);
}
