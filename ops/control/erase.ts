/** `erase`: removes the comments that people typed before a day. The answers themselves, and what proves them, stay. */
import { LEAST_RETENTION_DAYS } from '../../functions/contracts/fixed-names.ts';
import { DAY, plus } from '../../functions/core/model/time.ts';
import type { Command } from './arguments.ts';
import { given } from './options.ts';
import { EXIT, type Outcome } from './outcome.ts';
import { tell } from './tell.ts';
import { Refused } from './trouble.ts';
import type { Deployed, World } from './world.ts';

/** Erases comments, or only counts them. Refuses a day within the retention. */
export async function erase(world: World, { options, flags, reason }: Command): Promise<Outcome<'erase'>> {
  const before = given(options, 'before');
  const dryRun = flags.includes('dry-run');
  const days = retentionDays(world.deployed);
  const latest = plus(world.now(), -days * DAY).slice(0, 10);
  if (before > latest) {
    throw new Refused(`Texts are kept for ${days} days: --before can be ${latest} at the latest.`);
  }
  const found = await world.texts.before(before);
  const count = `${found.length} ${found.length === 1 ? 'comment' : 'comments'} from before ${before}`;
  const result = { before, dryRun, comments: found.length };
  if (dryRun || found.length === 0) {
    return {
      result: { ...result, entry: null },
      lines: [`${count}${found.length === 0 ? ': nothing to erase.' : ' would be erased.'}`],
      notes: found.length === 0 ? [] : ['Nothing was erased. Without --dry-run they are erased permanently.'],
      code: EXIT.done,
    };
  }
  const [at, by] = [world.now(), await world.caller()];
  // First the entry, so that nothing is erased without one. If this ends half-way, the next command has an entry of its own.
  const about = { before, comments: found.length };
  const entry = await world.control.note({ at, command: 'erase', by, reason, about });
  for (const key of found) {
    await world.texts.erase(key, at);
  }
  const { notes } = await tell(world, entry, `${count} were erased.`);
  return {
    result: { ...result, entry: entry.number },
    lines: [
      `${count} ${found.length === 1 ? 'is' : 'are'} erased. Recorded as entry ${entry.number} of the ledger, by ${by}.`,
    ],
    notes: [
      ...notes,
      'Point-in-time recovery still has them for 35 days. Answers, proofs and signed records are as they were.',
    ],
    code: EXIT.done,
  };
}

/** Days for which texts are kept at least, according to the stack. */
function retentionDays({ outputs }: Deployed): number {
  const days = Number(outputs.RetentionDays ?? LEAST_RETENTION_DAYS);
  return Number.isInteger(days) ? Math.max(days, LEAST_RETENTION_DAYS) : LEAST_RETENTION_DAYS;
}
