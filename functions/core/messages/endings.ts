import type { ClosedAs } from '../case/case.ts';
import { activeKeys } from '../model/compliance.ts';
import { endingSentences } from '../words/endings.ts';
import { activeCount } from '../words/status.ts';
import { MAIL } from '../words/style.ts';
import type { NoticeContext } from './context.ts';
import { statusLines } from './key-lines.ts';
import { prose } from './layout.ts';
import { whom } from './phrases.ts';

const NOTHING_TO_DO = 'You do not have to do anything.';

/** True for an end that came before a decision, or without one. */
const NOTHING_LEFT: Readonly<Record<ClosedAs, boolean>> = {
  remediated: false,
  'by-owner': true,
  'by-restore': true,
  'user-gone': true,
  deactivated: false,
};

/** Mails about the end of a case: the present state, and that nobody has to do anything. */
export function endings(context: NoticeContext): string[] {
  const { current, policy } = context;
  const { closedAs } = current;
  const how = closedAs === null ? [] : endingSentences(closedAs, current, policy, whom(context), MAIL);
  const left = closedAs !== null && NOTHING_LEFT[closedAs] ? ['There is nothing left to decide.'] : [];
  if (closedAs === 'user-gone') {
    return [prose(...how, ...left), NOTHING_TO_DO];
  }
  const has = `${whom(context)} has ${activeCount(current.keys)}.`;
  return [prose(has, ...how, ...left), statusLines(context), whatNow(context)];
}

/** A sentence about what to do now. A user without any key is compliant as well, but somebody may need one. */
function whatNow({ current }: NoticeContext): string {
  return activeKeys(current.keys).length > 0
    ? NOTHING_TO_DO
    : 'If something has stopped working, the owner of the user can create a new key.';
}
