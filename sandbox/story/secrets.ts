import type { Launched } from '../launch/launch.ts';
import { linesLogged } from './logs.ts';
import type { Steps } from './steps.ts';

/** A line of a function's log, as the emulator writes it beside its own. */
const OURS = /^\{"level":.*"service":"(\w+)"/;

/** A whole access key id. */
const WHOLE_ID = /\b(?:AKIA|ASIA|LKIA|LSIA)[A-Z0-9]{12,}\b/;

/** The functions that see links: one mints them, the other is opened through them. */
const SEE_LINKS = ['approve', 'reconcile'] as const;

/**
 * Checks after the story that no function logged a link, its token or a whole key id, and that no link was mailed to two
 * addresses. That a link is its reader's is checked as people open it (Scene.opens).
 */
export async function keepsSecrets({ world, inbox }: Launched, steps: Steps): Promise<boolean> {
  const links = inbox.mails().flatMap(({ link, recipient }) => (link === null ? [] : [{ link, recipient }]));
  const tokens = [...new Set(links.map(({ link }) => new URL(link).pathname.split('/').at(-1) ?? link))];
  const logged = [...(await linesLogged(world))].filter((line) => OURS.test(line));
  const functions = new Set(logged.map((line) => OURS.exec(line)?.[1]));
  const leaking = logged.filter(
    (line) => WHOLE_ID.test(line) || tokens.some((token) => line.includes(token)),
  );
  const unheard = SEE_LINKS.filter((name) => !functions.has(name));
  const quiet = unheard.length === 0 && leaking.length === 0;
  const faults = [
    ...(leaking.length === 0 ? [] : [`but in ${leaking.length}`]),
    ...(unheard.length === 0 ? [] : [`but nothing is known of ${unheard.join(' and ')}`]),
  ];
  const where = `${logged.length} lines of ${[...functions].sort().join(', ')}`;
  steps.add([`no link and no whole key id in ${where}`, ...faults].join(', '), quiet);

  const first = new Map<string, string>();
  const shared: string[] = [];
  for (const { link, recipient } of links) {
    const owner = first.get(link) ?? recipient;
    first.set(link, owner);
    if (owner !== recipient) {
      shared.push(`${recipient} has a link of ${owner}`);
    }
  }
  const own = first.size > 0 && shared.length === 0;
  steps.add([`none of ${first.size} mailed links went to two addresses`, ...shared].join('; '), own);
  return quiet && own;
}
