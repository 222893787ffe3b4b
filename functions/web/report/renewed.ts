import type { AskedForReport } from '../../app/approve/ask-for-report.ts';
import type { ShownReport } from '../../app/approve/show-report.ts';
import type { Reply, Setting } from '../reply.ts';
import { reportLinkReply } from '../report-link.ts';
import { refusedReport } from './refused.ts';
import { reportReply } from './reply.ts';

/** The reply to a request for a new link in place of an expired one to a report. */
export function renewedReportReply(done: ShownReport | AskedForReport, setting: Setting): Reply {
  switch (done.kind) {
    case 'asked':
      return reportLinkReply(done, null);
    case 'refused':
      return refusedReport(done, null, setting);
    case 'report':
      return reportReply(done, 1, setting);
  }
}
