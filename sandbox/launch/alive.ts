import { SandboxError } from '../world/say.ts';
import type { Launched } from './launch.ts';

/** The work's result, or at once an error when an emulator dies under it: then nothing would ever come. */
export function whileAlive<Result>({ world }: Launched, work: Promise<Result>): Promise<Result> {
  const death = world.emulators.died.then((line): never => {
    throw new SandboxError(line);
  });
  return Promise.race([work, death]);
}
