import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Launched } from '../launch/launch.ts';
import { openPage } from './page.ts';
import type { Steps } from './steps.ts';

/** A line of a function's log, as the emulator writes it beside its own. */
const OURS = /^\{"level":.*"service":"(\w+)"/;

/** A whole access key id. */
const WHOLE_ID = /\b(?:AKIA|ASIA|LKIA|LSIA)[A-Z0-9]{12,}\b/;

/** The reader whom a page names: `You are Security lead`, or `Link of Security lead`. */
const READER = /(?:You are|Link of) ([^<]+)</;

/**
 * Checks after the story that no function logged a link, its token or a whole key id, and that each mailed link is its
 * reader's: it was mailed to one address only, and its page names that approver.
 */
export async function keepsSecrets({ world, inbox, settings }: Launched, steps: Steps): Promise<boolean> {
  const links = inbox.mails().flatMap(({ link, recipient }) => (link === null ? [] : [{ link, recipient }]));
  const tokens = [...new Set(links.map(({ link }) => new URL(link).pathname.split('/').at(-1) ?? link))];
  const lines = readFileSync(join(world.runDirectory, 'ministack.log'), 'utf8').split('\n');
  const logged = lines.filter((line) => OURS.test(line));
  const functions = new Set(logged.map((line) => OURS.exec(line)?.[1]));
  const leaking = logged.filter(
    (line) => WHOLE_ID.test(line) || tokens.some((token) => line.includes(token)),
  );
  const quiet = logged.length > 0 && leaking.length === 0;
  steps.add(
    `no link and no whole key id in ${logged.length} lines of ${[...functions].sort().join(', ')}${quiet ? '' : `, but in ${leaking.length}`}`,
    quiet,
  );

  const names = new Map(settings.approvers.map(({ email, name }) => [email, name]));
  const first = new Map<string, string>();
  const wrong: string[] = [];
  let named = 0;
  for (const { link, recipient } of links) {
    const owner = first.get(link) ?? recipient;
    if (owner !== recipient) {
      wrong.push(`${recipient} has a link of ${owner}`);
    }
    if (!first.has(link)) {
      first.set(link, recipient);
      const [, reader] = READER.exec((await openPage(link)).html) ?? [];
      named += reader === undefined ? 0 : 1;
      if (reader !== undefined && reader.trim() !== names.get(recipient)) {
        wrong.push(`a link of ${recipient} is for ${reader.trim()}`);
      }
    }
  }
  // Pages of closed cases name nobody; those that were opened on the way did (Scene.opens).
  const own = first.size > 0 && wrong.length === 0;
  steps.add(
    `each of ${first.size} mailed links is its reader's, whom ${named} pages name${own ? '' : `; ${wrong.join('; ')}`}`,
    own,
  );
  return quiet && own;
}
