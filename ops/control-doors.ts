import { openAccount, openWorld } from './control/aws/open.ts';
import type { Doors } from './control/run.ts';
import { localFiles } from './local-files.ts';

/** AWS and this machine, as the commands find them. */
export const DOORS: Doors = {
  world: async (command) => ({ ...(await openWorld(command)), files: localFiles }),
  account: openAccount,
};
