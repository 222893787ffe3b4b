import type { Instant } from '../model/time.ts';
import type { Zone } from '../model/zone.ts';
import type { Advice } from '../proposal/advice.ts';
import { choiceWords, waitWords } from './advice.ts';
import { keepNone } from './exposed.ts';
import type { Style } from './style.ts';

/** The advice in half a line: `keep ...MPLE, deactivate ...3QXK (confidence: high)`. Empty if there is none. */
export function adviceInShort(advice: Advice, now: Instant, zone: Zone, style: Style): string {
  switch (advice.kind) {
    case 'none':
      return '';
    case 'wait':
      return waitWords(advice.wait, now, zone);
    case 'suspect':
      return keepNone(advice.exposed);
    case 'doubt':
      return `first ask ${style.principal(advice.doubt.by)}`;
    case 'proposal':
      return `${choiceWords(advice.proposal, style)} (confidence: ${advice.proposal.confidence})`;
  }
}
