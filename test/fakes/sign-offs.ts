import { DAY, plus } from '../../functions/core/model/time.ts';
import type { SignOffFile } from '../../functions/core/signoff/file.ts';
import { type Stated, signOffState } from '../../functions/core/signoff/state.ts';
import { ACCOUNT, NOW } from './cases.ts';

/** The state of sign-offs after these statements: due in a week, unless something else is said. */
export function aSignOffFile(more: Partial<SignOffFile> = {}, ...all: Stated[]): SignOffFile {
  const state = signOffState(all, { first: NOW, every: 7 * DAY });
  return {
    schema: 1,
    account: ACCOUNT,
    due: plus(NOW, 7 * DAY),
    asked: false,
    since: NOW,
    report: { anchor: 7, at: NOW, takenAt: NOW, everybody: true },
    last: state.last,
    open: state.concerns.filter(({ settled }) => settled === null),
    settled: state.concerns.filter(({ settled }) => settled !== null).length,
    changed: { since: null, users: 3, privileged: ['break-glass-root'], automation: ['ci-deploy'] },
    later: [],
    ...more,
  };
}
