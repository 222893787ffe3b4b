import type { Instant } from '../model/time.ts';
import type { Zone } from '../model/zone.ts';
import type { Advice } from '../proposal/advice.ts';
import { CONFIDENCE, choiceWords, doubtSentences, waitWords } from './advice.ts';
import { keepNone } from './exposed.ts';
import { PAGE } from './style.ts';

/** Sentences that compare a choice with our proposal: as proposed, otherwise, or without one. `keep` is null if it keeps no key. */
export function besideProposal(
  advice: Advice,
  keep: string | null,
  active: readonly string[],
  { now, zone }: { readonly now: Instant; readonly zone: Zone },
): string[] {
  switch (advice.kind) {
    case 'none':
      return ['We made no proposal.'];
    case 'wait':
      return [`We proposed something else: ${waitWords(advice.wait, now, zone)}.`];
    case 'suspect':
      return [`We proposed to ${keepNone(advice.exposed)}.`];
    case 'doubt':
      return doubtSentences(advice.doubt, active, PAGE).slice(0, 1);
    case 'proposal': {
      const { proposal } = advice;
      const confidence = CONFIDENCE[proposal.confidence];
      if (proposal.keep === keep) {
        return ['This is what we proposed.', confidence];
      }
      const swapped = active.length === 2 && keep !== null;
      const other = swapped ? 'We proposed the opposite' : 'We proposed something else';
      return [`${other}: ${choiceWords(proposal, PAGE)}.`, confidence];
    }
  }
}
