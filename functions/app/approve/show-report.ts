import { addresseeIn } from '../../core/case/mailed-to.ts';
import type { ReportClaim } from '../../core/case/requests.ts';
import { type Approver, deciders } from '../../core/model/policy.ts';
import type { Report } from '../../core/validation/report.ts';
import type { ReportReader } from '../report-ports.ts';
import type { Refused } from './show-case.ts';
import type { ListPorts } from './show-list.ts';

/** The ports of the page of a report. The list is only read for the control item, which says who is an approver now. */
export interface ReportPorts extends Pick<ListPorts, 'links' | 'clock' | 'policy' | 'list'> {
  readonly reports: ReportReader;
}

/** The report about the account of whoever opened it. */
export interface FoundReport {
  readonly kind: 'report';
  readonly visitor: { readonly approver: Approver; readonly claim: ReportClaim };
  /** Null if there is none yet, or none that this release can read. */
  readonly report: Report | null;
}

export type ShownReport = Refused | FoundReport;

/** Reads the report behind a link. It changes nothing, and permits nothing. */
export async function showReport(
  { links, clock, policy, list, reports }: ReportPorts,
  token: string,
): Promise<ShownReport> {
  const claim = await links.verify(token);
  if (claim === null || claim.scope !== 'report') {
    return { kind: 'refused', why: 'not-ours' };
  }
  if (clock.now() > claim.expires) {
    return { kind: 'refused', why: 'expired' };
  }
  const { control } = await list.page(claim.account, null, 1);
  const approver = addresseeIn(deciders(policy, control, claim), claim);
  if (approver === null) {
    return { kind: 'refused', why: 'not-yours' };
  }
  const report = await reports.latest();
  const own = report?.account === claim.account ? report : null;
  return { kind: 'report', visitor: { approver, claim }, report: own };
}
