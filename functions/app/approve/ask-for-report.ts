import { REPORT_SUBJECT } from '../../core/channel/link-request.ts';
import type { Approver } from '../../core/model/policy.ts';
import { askForLink, type LinkAsked, type LinkAskPorts } from './ask-for-link.ts';
import type { Refused } from './show-case.ts';
import { type ListPorts, showList } from './show-list.ts';
import { type ReportPorts, type ShownReport, showReport } from './show-report.ts';

/** A request for a mail with a link to the report, and the approver to whom it goes. */
export interface AskedForReport {
  readonly kind: 'asked';
  readonly asked: LinkAsked;
  readonly approver: Approver;
}

/** Asks for a mail with a link to the report through a link to a list, or says why not. It changes nothing else. */
export async function askForReport(
  ports: ListPorts & LinkAskPorts,
  token: string,
): Promise<Refused | AskedForReport> {
  const shown = await showList(ports, token, null);
  if (shown.kind === 'refused') {
    return shown;
  }
  const { approver, claim } = shown.visitor;
  const subject = { ...REPORT_SUBJECT, why: 'report' as const };
  return { kind: 'asked', asked: await askForLink(ports, { approver, claim, token }, subject), approver };
}

/**
 * Asks for a new link in place of an expired one to a report. Returns what the link shows if it does not lead to a new one: because it
 * has not expired, expired too long ago, or is no link of a present approver.
 */
export async function renewReportLink(
  ports: ReportPorts & LinkAskPorts,
  token: string,
): Promise<ShownReport | AskedForReport> {
  const shown = await showReport(ports, token);
  if (shown.kind !== 'refused' || shown.renewal === undefined) {
    return shown;
  }
  const { approver, claim } = shown.renewal;
  const subject = { ...REPORT_SUBJECT, why: 'expired' as const };
  return { kind: 'asked', asked: await askForLink(ports, { approver, claim, token }, subject), approver };
}
