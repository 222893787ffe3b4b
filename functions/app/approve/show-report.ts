import { addresseeIn } from '../../core/case/mailed-to.ts';
import type { ReportClaim } from '../../core/case/requests.ts';
import { isRenewable } from '../../core/channel/link-request.ts';
import { type Approver, deciders } from '../../core/model/policy.ts';
import type { SignOffFile } from '../../core/signoff/file.ts';
import type { SeenReport } from '../../core/signoff/statement.ts';
import type { Report } from '../../core/validation/report.ts';
import { type ReadReport, type ReportReader, SignOffUnreadable } from '../report-ports.ts';
import type { StatementStore } from '../signoff-ports.ts';
import { type ConcernWords, concernWords } from './concern-words.ts';
import type { Refused } from './show-case.ts';
import type { ListPorts } from './show-list.ts';

/** The ports of the page of a report. The list is only read for the control item, which says who is an approver now. */
export interface ReportPorts extends Pick<ListPorts, 'links' | 'clock' | 'policy' | 'list'> {
  readonly reports: ReportReader;
  readonly statements: StatementStore;
}

/** The report about the account of whoever opened it. */
export interface FoundReport {
  readonly kind: 'report';
  readonly visitor: { readonly approver: Approver; readonly claim: ReportClaim };
  /** Null if there is none yet, or none that this release can read. */
  readonly report: Report | null;
  /** The name by which a statement names the report; null if no statement can be made about it. */
  readonly seen: SeenReport | null;
  /** The state of sign-offs; null if there is none yet, or none that this release can read. */
  readonly signOff: SignOffFile | null;
  /** The words of open concerns. */
  readonly words: ConcernWords;
}

export type ShownReport = Refused<FoundReport['visitor']> | FoundReport;

/** Reads the report behind a link. It changes nothing. */
export async function showReport(
  { links, clock, policy, list, reports, statements }: ReportPorts,
  token: string,
): Promise<ShownReport> {
  const claim = await links.verify(token);
  if (claim === null || claim.scope !== 'report') {
    return { kind: 'refused', why: 'not-ours' };
  }
  const now = clock.now();
  const expired = now > claim.expires;
  if (expired && !isRenewable(claim, now)) {
    return { kind: 'refused', why: 'expired' };
  }
  const { control } = await list.page(claim.account, null, 1);
  const approver = addresseeIn(deciders(policy, control, claim), claim);
  if (approver === null) {
    return { kind: 'refused', why: expired ? 'expired' : 'not-yours' };
  }
  if (expired) {
    // Nothing of the report.
    return { kind: 'refused', why: 'expired', renewal: { approver, claim } };
  }
  const [latest, state] = await Promise.all([reports.latest(), readableState(reports)]);
  const own = latest?.report.account === claim.account ? latest : null;
  const signOff = state?.account === claim.account ? state : null;
  const seen = signOff === null ? null : seenReport(own);
  const words = await concernWords(statements, claim.account, signOff?.open ?? []);
  const report = own?.report ?? null;
  return { kind: 'report', visitor: { approver, claim }, report, seen, signOff, words };
}

/** Without the state the report is still shown, and the page says that nothing can be signed off. */
async function readableState(reports: ReportReader): Promise<SignOffFile | null> {
  try {
    return await reports.signOff();
  } catch (error) {
    if (error instanceof SignOffUnreadable) {
      return null;
    }
    throw error;
  }
}

function seenReport(latest: ReadReport | null): SeenReport | null {
  const anchor = latest?.report.anchor;
  return latest === null || anchor === undefined ? null : { anchor, reportSha256: latest.sha256 };
}
