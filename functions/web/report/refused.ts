import { html } from 'hono/html';
import type { Refused } from '../../app/approve/show-case.ts';
import type { PostedOnReport } from '../../app/approve/state-on-report.ts';
import type { StatementField } from '../../core/signoff/form.ts';
import { FIELD, VERDICT_CHOICE } from '../../core/signoff/words.ts';
import { bad, banner, type Html } from '../layout.ts';
import { refusedLink } from '../no-open-case.ts';
import type { Reply, Setting } from '../reply.ts';
import { NOTHING_CHANGED } from '../unchanged.ts';

/** A form to which the report does not fit any more. `old`: there should be a newer report by now. */
export interface Unfit {
  readonly kind: 'moved' | 'old';
  readonly posted: PostedOnReport;
}

/** The message that a form was not recorded, with what was typed, at the top of the report of now. */
export function unfitMessage({ kind, posted }: Unfit): Html {
  const [title, line] = kind === 'old' ? OLD : MOVED[posted.kind];
  return banner(bad(title, [line, ...typedBefore(posted, kind === 'old')]));
}

/**
 * The reply to a link that is not valid. It repeats what was typed if the link was once mailed to somebody. Through any other
 * address anybody could put words of their own on this page.
 */
export function refusedReport(
  refused: Refused<unknown>,
  posted: PostedOnReport | null,
  setting: Setting,
): Reply {
  if (posted === null || posted.kind === 'link') {
    return refusedLink(refused, 'report', setting, [NOTHING_CHANGED]);
  }
  const typed = refused.why === 'not-ours' ? [] : typedBefore(posted, true);
  const first = `Nothing was recorded.${typed.length === 0 ? '' : ' This is what you entered. Copy it before you leave this page:'}`;
  return refusedLink(refused, 'report', setting, [first, ...typed]);
}

const SIGN_OFF = [
  'Not recorded: the report has changed since this page was shown',
  'Your sign-off was about the earlier report. Read the report below, then sign off again.',
] as const;

const OLD = [
  'Not recorded: the report is too old to be signed off',
  'There should be a newer one by now. Come back when there is.',
] as const;

const MOVED: Readonly<Record<PostedOnReport['kind'], readonly [string, string]>> = {
  check: SIGN_OFF,
  'sign-off': SIGN_OFF,
  concern: [
    'Not recorded: the report has changed, and has no such user any more',
    'Your concern was not recorded. If it is about a user below, record it there.',
  ],
  settle: [
    'Not recorded: this concern is no longer open',
    'Somebody settled it before you, and the report shows what is still open.',
  ],
  link: [
    'No link is mailed: the report has changed',
    'It shows no key of this user any more that can be reactivated.',
  ],
};

/** Everything that was typed or chosen, as text; without the comment on a sign-off where a form below still has it. */
function typedBefore(posted: PostedOnReport, withComment: boolean): Html[] {
  switch (posted.kind) {
    case 'check':
    case 'sign-off': {
      const verdict = posted.verdict === null ? '' : VERDICT_CHOICE[posted.verdict];
      return quoted([
        ['verdict', verdict],
        ['comment', withComment ? posted.comment : ''],
      ]);
    }
    case 'concern': {
      const { key, impact, remediation, owner, target, ticket } = posted.form;
      return quoted(
        Object.entries({ key, impact, remediation, owner, target, ticket }) as [StatementField, string][],
      );
    }
    case 'settle':
      return quoted([['done', posted.done]]);
    case 'link':
      return [];
  }
}

function quoted(texts: readonly (readonly [StatementField, string])[]): Html[] {
  return texts.flatMap(([field, text]) => (text === '' ? [] : [html`${FIELD[field]}: <bdi>${text}</bdi>`]));
}
