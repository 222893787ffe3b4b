import { html } from 'hono/html';
import { type RecordedReview, recordReview } from '../../app/approve/record-review.ts';
import { checkReview, type RefusedReview, type ReviewPorts } from '../../app/approve/review.ts';
import { showReview } from '../../app/approve/show-review.ts';
import { type DoneReview, doneQuery } from '../../contracts/list-query.ts';
import type { PostedReview } from '../../contracts/review-form.ts';
import { MOST_TOGETHER } from '../../core/page/review.ts';
import { NOTHING_PUT_IN } from '../forms.ts';
import { ANYBODY, messagePage } from '../layout.ts';
import { refusedReply } from '../no-open-case.ts';
import type { Reply, SeeOther, Setting } from '../reply.ts';
import { reviewCheckPage } from './check.ts';
import { reviewResultPage } from './result.ts';

/** The link with which a form about several users came, and the address of the list from which it came. */
export interface FromList {
  readonly token: string;
  readonly back: string;
}

/** The reply to a form about several users: the page to check, or the result page by GET, so that a reload repeats nothing. */
export async function reviewReply(
  ports: ReviewPorts,
  { token, back }: FromList,
  form: PostedReview,
  setting: Setting,
): Promise<Reply | SeeOther> {
  const { rows, typed, grounds } = form;
  const done: Awaited<ReturnType<typeof checkReview>> | RecordedReview =
    form.kind === 'check'
      ? await checkReview(ports, token, rows)
      : await recordReview(ports, token, { rows, count: typed.count, grounds });
  const putIn = { ...NOTHING_PUT_IN, count: typed.text, ...grounds };
  switch (done.kind) {
    case 'refused':
      return refusedReply(done, null, setting);
    case 'none-chosen':
    case 'too-many':
    case 'only-shows':
      return wholeRefused(done, back);
    case 'to-check':
      return {
        status: done.ready.length === 0 ? 409 : 200,
        body: reviewCheckPage({ ...done, ...setting, token, back, putIn, mistakes: [] }),
      };
    case 'wrong':
      return {
        status: 422,
        body: reviewCheckPage({ ...done, ...setting, token, back, putIn, mistakes: done.mistakes }),
      };
    case 'done': {
      const { unreadable, started } = done;
      const named = done.rows.map(({ row, outcome }) => ({ ...row, outcome }));
      const result = { rows: named, unreadable, started };
      // Nothing is stored, so a reload repeats nothing anyway, and the status says that it was refused.
      return named.some(({ outcome }) => outcome === 'recorded')
        ? { status: 303, query: doneQuery(result) }
        : { ...(await resultReply(ports, token, result, setting)), status: 409 };
    }
  }
}

/** The result page of a form that was posted before. */
export async function resultReply(
  ports: ReviewPorts,
  token: string,
  done: DoneReview,
  setting: Setting,
): Promise<Reply> {
  const result = await showReview(ports, token, done.rows);
  return result.kind === 'refused'
    ? refusedReply(result, null, setting)
    : { status: 200, body: reviewResultPage(result, done, token, setting) };
}

const REFUSED = {
  'none-chosen': { status: 422, title: 'Tick at least one user' },
  'too-many': { status: 422, title: 'These are too many users at once' },
  'only-shows': { status: 409, title: 'This link only shows the list' },
} as const satisfies Record<RefusedReview['kind'], Pick<Reply, 'status'> & { readonly title: string }>;

function wholeRefused({ kind, rows }: RefusedReview, back: string): Reply {
  const { status, title } = REFUSED[kind];
  const many =
    kind === 'too-many'
      ? [
          `You sent ${rows}, and at most ${MOST_TOGETHER} can be decided at once. Decide those of one page first.`,
        ]
      : [];
  const lines = [...many, 'Nothing was recorded, and nothing was changed.'];
  return { status, body: messagePage(title, lines, ANYBODY, html`<p><a href="${back}">Go back</a></p>`) };
}
