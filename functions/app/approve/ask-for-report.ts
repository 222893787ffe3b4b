import { addresseeIn } from '../../core/case/mailed-to.ts';
import { REPORT_SUBJECT } from '../../core/channel/link-request.ts';
import { type Approver, deciders } from '../../core/model/policy.ts';
import { askForLink, type LinkAsked, type LinkAskPorts } from './ask-for-link.ts';
import type { Refused } from './show-case.ts';
import type { ListPorts } from './show-list.ts';
import { type ReportPorts, type ShownReport, showReport } from './show-report.ts';

/** A request for a mail with a link to the report, and the approver to whom it goes. */
export interface AskedForReport {
  readonly kind: 'asked';
  readonly asked: LinkAsked;
  readonly approver: Approver;
}

/** Asks for a mail with a link to the report through a link to a list, or says why not. It changes nothing else. */
export async function askForReport(
  ports: Pick<ListPorts, 'list' | 'policy'> & LinkAskPorts,
  token: string,
): Promise<Refused | AskedForReport> {
  const claim = await ports.links.verify(token);
  if (claim === null || claim.scope !== 'list') {
    return { kind: 'refused', why: 'not-ours' };
  }
  if (ports.clock.now() > claim.expires) {
    return { kind: 'refused', why: 'expired' };
  }
  const { control } = await ports.list.page(claim.account, null, 1);
  const approver = addresseeIn(deciders(ports.policy, control, claim), claim);
  if (approver === null) {
    return { kind: 'refused', why: 'not-yours' };
  }
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
