import { functionsOf } from './assembly.ts';
import type { Launched } from './launched.ts';
import { setVariablesOf } from './variables.ts';

/**
 * A clock that is ahead, for a process of Node.js. Only the date is another one: timers, and so the limits of a run, go on as they
 * are.
 */
const ahead = (ms: number): string =>
  `const Real=Date;globalThis.Date=class extends Real{constructor(...given){if(given.length===0){super(Real.now()+${ms})}else{super(...given)}}static now(){return Real.now()+${ms}}};`;

/**
 * Puts the clocks of all deployed functions ahead, because nobody waits for days. Nothing of the product knows of it: the bundles
 * are those that ship. Clocks of IAM, CloudTrail and the queues stay.
 */
export async function putClocksAhead(launched: Launched, ms: number): Promise<void> {
  const variables = {
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(ahead(ms))}`,
  };
  for (const id of functionsOf(launched.assembly.template).values()) {
    await setVariablesOf(launched, launched.deployed.resources[id] ?? '', variables);
  }
}
