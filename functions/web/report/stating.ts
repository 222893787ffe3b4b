import { showReport } from '../../app/approve/show-report.ts';
import {
  concernOf,
  type PostedOnReport,
  rowOf,
  type StatedOnReport,
  type StatingPorts,
  stateOnReport,
  toState,
} from '../../app/approve/state-on-report.ts';
import type { ReportAsked } from '../../contracts/statement-form.ts';
import { messagePage } from '../layout.ts';
import type { Reply, SeeOther, Setting } from '../reply.ts';
import { signOffCheckPage } from './check.ts';
import { concernPage, NO_CONCERN, settlePage } from './concern-page.ts';
import { linkReply, outcomeReply, recordedReply } from './outcome.ts';
import { refusedReport } from './refused.ts';
import { reportPage, reportReply } from './reply.ts';

/** The reply to an address under a link to a report. */
export async function reportGet(
  ports: StatingPorts,
  token: string,
  asked: ReportAsked,
  setting: Setting,
): Promise<Reply> {
  const shown = await showReport(ports, token);
  if (shown.kind === 'refused') {
    return refusedReport(shown, null, setting);
  }
  const found = toState(shown);
  if (asked.kind === 'report' || found === null) {
    return reportReply(shown, asked.kind === 'report' ? asked.page : 1, setting);
  }
  switch (asked.kind) {
    case 'concern': {
      const row = rowOf(found, asked.userId);
      return row === null
        ? reportReply(shown, 1, setting)
        : { status: 200, body: concernPage(found, row, NO_CONCERN, [], setting) };
    }
    case 'settle': {
      const concern = concernOf(found, asked.concern);
      return concern === null
        ? reportReply(shown, 1, setting)
        : { status: 200, body: settlePage(found, concern, '', [], setting) };
    }
    case 'stated': {
      const { account } = found.visitor.claim;
      return outcomeReply(found, await ports.statements.noted(account, asked.digest), setting);
    }
  }
}

/** The reply to a form of the page of a report. */
export async function statedReply(
  ports: StatingPorts,
  token: string,
  posted: PostedOnReport,
  setting: Setting,
): Promise<Reply | SeeOther> {
  const done = await stateOnReport(ports, token, posted);
  switch (done.kind) {
    case 'refused':
      return refusedReport(done, posted, setting);
    case 'not-offered':
      return {
        status: 409,
        body: messagePage('There is no report to sign off yet', [
          'Nothing was recorded. Open the link again tomorrow.',
        ]),
      };
    case 'moved':
    case 'old':
      return { status: 409, body: reportPage(done.found, 1, setting, { kind: done.kind, posted }) };
    case 'wrong':
      return { status: 422, body: wrongPage(done, setting) };
    case 'check':
      return { status: 200, body: signOffCheckPage(done.found, done.posted, [], setting) };
    case 'stated':
      return recordedReply(done.found, done.recorded, posted, setting);
    case 'asked':
      return linkReply(done.found, done.asked, setting);
  }
}

function wrongPage(
  { found, about, mistakes }: Extract<StatedOnReport, { readonly kind: 'wrong' }>,
  setting: Setting,
): Reply['body'] {
  switch (about.of) {
    case 'sign-off':
      return mistakes.some(({ field }) => field === 'verdict')
        ? reportPage(found, 1, setting, { kind: 'wrong', putIn: about.posted, mistakes })
        : signOffCheckPage(found, about.posted, mistakes, setting);
    case 'concern':
      return concernPage(found, about.row, about.form, mistakes, setting);
    case 'settle':
      return settlePage(found, about.concern, about.done, mistakes, setting);
  }
}
