import { keysOff } from '../case/case.ts';
import type { ObservedKey } from '../model/observation.ts';
import { type Advice, advised } from '../proposal/advice.ts';
import { ADVISED } from '../words/advice.ts';
import { keyUse } from '../words/key-use.ts';
import { STATUS } from '../words/status.ts';
import { MAIL } from '../words/style.ts';
import { day } from '../words/words.ts';
import type { NewsContext } from './context.ts';
import { lines } from './layout.ts';

/** One line for each key of an open question, the one to keep first: `KEEP ...MPLE: used today at 14:02 UTC for S3 in eu-west-1`. */
export function questionLines(context: NewsContext, advice: Advice): string {
  const { keys } = context.current;
  const first = advice.kind === 'proposal' ? advice.proposal.keep : null;
  const inOrder = [
    ...keys.filter(({ id }) => id === first),
    ...keys.filter(({ id, status }) => id !== first && status === 'Active'),
    ...keys.filter(({ id, status }) => id !== first && status !== 'Active'),
  ];
  return lines(...inOrder.map((key) => line(context, key, labelFor(key, advice))));
}

/** One line for each key that is left, with its status and its last use as IAM reports it, where its consumers are named elsewhere. */
export function shortLines(context: NewsContext): string {
  const brief = { ...context, evidence: {} };
  return lines(
    ...context.current.keys.map(
      (key) => `${STATUS[key.status].toUpperCase()} ${MAIL.key(key.id)}: ${useOf(brief, key)}`,
    ),
  );
}

/** One line for each key that is left, with its status. */
export function statusLines(context: NewsContext): string {
  return lines(...context.current.keys.map((key) => line(context, key, STATUS[key.status].toUpperCase())));
}

/** `KEEP`, `DEACTIVATE` or the status; nothing for an Active key that gets no verdict. */
function labelFor({ id, status }: ObservedKey, advice: Advice): string {
  const verdict = {
    proposal: ADVISED[advised(id, advice)].toUpperCase(),
    suspect: '',
    doubt: '',
    wait: '',
    none: 'ACTIVE',
  } as const satisfies Record<Advice['kind'], string>;
  return status === 'Active' ? verdict[advice.kind] : STATUS[status].toUpperCase();
}

function line(context: NewsContext, key: ObservedKey, label: string): string {
  const since = keysOff(context.current)
    .filter(({ id }) => id === key.id && key.status === 'Inactive')
    .map((one) => `since ${day(one.since)}; `);
  return `${label === '' ? '' : `${label} `}${MAIL.key(key.id)}: ${since.join('')}${useOf(context, key)}`;
}

function useOf({ policy, now, evidence }: NewsContext, key: ObservedKey): string {
  return keyUse(key, evidence.usage?.[key.id], now, policy.digest.zone, MAIL);
}
