import type { ObservedKey } from '../model/observation.ts';
import { DAY, type Instant, type Seconds, secondsBetween } from '../model/time.ts';
import type { Zone } from '../model/zone.ts';
import type { Advice } from '../proposal/advice.ts';
import { type Evidence, usageOf } from '../proposal/context.ts';
import type { Family } from '../usage/usage.ts';
import { CONFIDENCE, choiceWords, doubtSentences, waitWords } from './advice.ts';
import { PAGE, type Style } from './style.ts';
import { originWords } from './usage.ts';
import { day, fromNow, roughly, whereUsed } from './words.ts';

/** The facts, settings and moment from which the use of a key is told. */
interface UseContext {
  readonly usage: Evidence['usage'];
  readonly quietPeriod: Seconds;
  readonly now: Instant;
}

/** The use of a key as part of a sentence: `used today by GitHub Actions`, `not used for 43 days`, `last use unknown`. */
export function useInWords(
  { id, lastUsed, created }: ObservedKey,
  { usage, quietPeriod, now }: UseContext,
  style: Style,
): string {
  if (lastUsed.kind === 'not-read') {
    return 'last use unknown';
  }
  if (lastUsed.kind === 'never') {
    return secondsBetween(created, now) < DAY ? 'not used yet, as far as IAM knows' : 'never used';
  }
  const { at } = lastUsed;
  const since = secondsBetween(at, now);
  const when =
    day(at) === day(now)
      ? 'used today'
      : since < quietPeriod
        ? `used ${fromNow(at, now)}`
        : `not used for ${roughly(since)}`;
  const families = usage === undefined ? [] : usageOf(usage, id).families;
  const latest = [...families].sort((a, b) => (a.last < b.last ? 1 : -1))[0];
  return since < quietPeriod ? `${when}${byWhom(latest, whereUsed(lastUsed), style)}` : when;
}

function byWhom(latest: Family | undefined, where: string, style: Style): string {
  if (latest !== undefined) {
    return ` by ${originWords(latest, style)}`;
  }
  return where === '' ? '' : ` for ${where}`;
}

/** Sentences that compare a choice with our proposal: as proposed, otherwise, or without a proposal. */
export function besideProposal(
  advice: Advice,
  keep: string,
  active: readonly string[],
  { now, zone }: { readonly now: Instant; readonly zone: Zone },
): string[] {
  switch (advice.kind) {
    case 'none':
      return ['We made no proposal.'];
    case 'wait':
      return [`We proposed something else: ${waitWords(advice.wait, now, zone)}.`];
    case 'doubt':
      return doubtSentences(advice.doubt, active, PAGE).slice(0, 1);
    case 'proposal': {
      const { proposal } = advice;
      const confidence = CONFIDENCE[proposal.confidence];
      if (proposal.keep === keep) {
        return ['This is what we proposed.', confidence];
      }
      const swapped = active.length === 2 ? 'We proposed the opposite' : 'We proposed something else';
      return [`${swapped}: ${choiceWords(proposal, PAGE)}.`, confidence];
    }
  }
}
