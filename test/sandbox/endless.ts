import { setTimeout as pause } from 'node:timers/promises';
import { runToEnd } from '../../sandbox/launch/ending.ts';
import type { Launched } from '../../sandbox/launch/launch.ts';
import { sayOnTerminal } from '../../sandbox/world/say.ts';

/**
 * A launcher for ending.test.ts, with a story that fails for as long as its world is being stopped. With the argument
 * `dies` its world dies by itself.
 */
runToEnd(sayOnTerminal, async (tell, remember) => {
  let gone = false;
  const stop = async () => {
    gone = true;
    await pause(300);
  };
  remember({ stop } as unknown as Launched);
  const timer = setInterval(() => {
    if (gone) {
      tell('FAILED: fetch failed');
    }
  }, 10);
  tell('running');
  if (process.argv[2] === 'dies') {
    throw new Error('moto ended');
  }
  await pause(60_000);
  clearInterval(timer);
  return 0;
});
