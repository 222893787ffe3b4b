import { functionsOf } from './assembly.ts';
import type { Launched } from './launched.ts';
import { setVariablesOf } from './variables.ts';

/**
 * A clock that is ahead, for a process of Node.js. Only the date is another one: timers, and so the limits of a run, go on as they
 * are.
 */
const ahead = (ms: number): string =>
  `const Real=Date;globalThis.Date=class extends Real{constructor(...given){if(given.length===0){super(Real.now()+${ms})}else{super(...given)}}static now(){return Real.now()+${ms}}};`;

const options = (ms: number) => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(ahead(ms))}`,
});

/**
 * Puts the clocks of all deployed functions ahead, because nobody waits for days. Nothing of the product knows of it: the bundles
 * are those that ship. Clocks of IAM, CloudTrail and the queues stay.
 */
export async function putClocksAhead(launched: Launched, ms: number): Promise<void> {
  for (const id of functionsOf(launched.assembly.template).values()) {
    await setVariablesOf(launched, launched.deployed.resources[id] ?? '', options(ms));
  }
}

/** The same for one function, by the name of its output. */
export async function putClockAhead(launched: Launched, output: string, ms: number): Promise<void> {
  await setVariablesOf(launched, launched.deployed.outputs[output] ?? '', options(ms));
}
