import { zoneDay } from '../../core/model/zone.ts';
import type { SignOffFile } from '../../core/signoff/file.ts';
import {
  type ConcernForm,
  type JudgedForm,
  judgeConcern,
  judgeSettled,
  judgeSignOff,
  type StatementMistake,
} from '../../core/signoff/form.ts';
import { keyAdvice } from '../../core/signoff/key-advice.ts';
import type { Concern } from '../../core/signoff/state.ts';
import type { Said, SeenReport, SignOffVerdict } from '../../core/signoff/statement.ts';
import { isOld, type Report } from '../../core/validation/report.ts';
import type { ReportRow } from '../../core/validation/report-row.ts';
import { askForLink, type LinkAsked, type LinkAskPorts } from './ask-for-link.ts';
import { recordStatement, type StatementPorts, type StatementRecorded } from './record-statement.ts';
import { type FoundReport, type ReportPorts, type ShownReport, showReport } from './show-report.ts';

/** The ports for what an approver states or asks for on the page of a report. */
export type StatingPorts = ReportPorts & StatementPorts & LinkAskPorts;

/**
 * A posted form. `check`: no sign-off, but the choice of a verdict, upon which the page to check is shown · `link`: a request for a
 * mail with the link for this user.
 */
export type PostedOnReport =
  | {
      readonly kind: 'check';
      readonly verdict: SignOffVerdict | null;
      readonly comment: string;
      readonly report: string;
    }
  | {
      readonly kind: 'sign-off';
      readonly verdict: SignOffVerdict | null;
      readonly comment: string;
      readonly account: string;
      readonly report: string;
    }
  | { readonly kind: 'concern'; readonly userId: string; readonly form: ConcernForm }
  | { readonly kind: 'settle'; readonly concern: number; readonly done: string }
  | { readonly kind: 'link'; readonly userId: string };

/** A sign-off as posted, before and on the page to check. */
export type PostedSignOff = Extract<PostedOnReport, { readonly kind: 'check' | 'sign-off' }>;

/** The report with everything that a statement needs. */
export interface ToState extends FoundReport {
  readonly report: Report;
  readonly seen: SeenReport;
  readonly signOff: SignOffFile;
}

/**
 * Result of a posted form. `not-offered`: there is nothing to state anything about · `moved`: another report was made since this one was
 * shown, or the report has no such user or concern any more · `old`: there should be a newer report by now · `wrong`: mistakes in the form · `check`: the page to check
 * follows, and nothing is stored · `stated`: see {@link StatementRecorded} · `asked`: see {@link LinkAsked}.
 */
export type StatedOnReport =
  | Extract<ShownReport, { readonly kind: 'refused' }>
  | { readonly kind: 'not-offered'; readonly found: FoundReport }
  | { readonly kind: 'moved'; readonly found: ToState }
  | { readonly kind: 'old'; readonly found: ToState }
  | {
      readonly kind: 'wrong';
      readonly found: ToState;
      readonly mistakes: readonly StatementMistake[];
      readonly about: About;
    }
  | { readonly kind: 'check'; readonly found: ToState; readonly posted: PostedSignOff }
  | { readonly kind: 'stated'; readonly found: ToState; readonly recorded: StatementRecorded }
  | { readonly kind: 'asked'; readonly found: ToState; readonly asked: LinkAsked };

/** The form that was filled in, with its user or concern. */
export type About =
  | { readonly of: 'sign-off'; readonly posted: PostedSignOff }
  | {
      readonly of: 'concern';
      readonly row: ReportRow & { readonly userId: string };
      readonly form: ConcernForm;
    }
  | { readonly of: 'settle'; readonly concern: Concern; readonly done: string };

/** Reads the report anew, compares the form with it, and records what was stated. */
export async function stateOnReport(
  ports: StatingPorts,
  token: string,
  posted: PostedOnReport,
): Promise<StatedOnReport> {
  const shown = await showReport(ports, token);
  if (shown.kind === 'refused') {
    return shown;
  }
  const found = toState(shown);
  if (found === null) {
    return { kind: 'not-offered', found: shown };
  }
  const { policy, clock } = ports;
  switch (posted.kind) {
    case 'check':
    case 'sign-off': {
      if (posted.report !== found.seen.reportSha256) {
        return { kind: 'moved', found };
      }
      if (isOld(found.report, clock.now())) {
        return { kind: 'old', found };
      }
      const { verdict, comment } = posted;
      const account = posted.kind === 'check' ? null : posted.account;
      const { open, last: latest } = found.signOff;
      const last = latest?.anchor === found.seen.anchor ? latest.number : null;
      const judged = judgeSignOff(
        { verdict, comment, account },
        { open, last, accountName: policy.accountName },
      );
      const about = { of: 'sign-off', posted } as const;
      return posted.kind === 'check' && judged.fits
        ? { kind: 'check', found, posted }
        : record(ports, token, found, judged, about);
    }
    case 'concern': {
      const row = rowOf(found, posted.userId);
      if (row === null) {
        return { kind: 'moved', found };
      }
      const { userId, userName } = row;
      const today = zoneDay(clock.now(), policy.digest.zone);
      const judged = judgeConcern(posted.form, { userId, userName }, today);
      return record(ports, token, found, judged, { of: 'concern', row, form: posted.form });
    }
    case 'settle': {
      const concern = concernOf(found, posted.concern);
      const { done } = posted;
      return concern === null
        ? { kind: 'moved', found }
        : record(ports, token, found, judgeSettled({ done }, concern), { of: 'settle', concern, done });
    }
    case 'link':
      return mailed(ports, token, found, posted.userId);
  }
}

/** The report with everything that a statement needs; null if nothing can be stated about it. */
export function toState(found: FoundReport): ToState | null {
  const { report, seen, signOff } = found;
  return report === null || seen === null || signOff === null ? null : { ...found, report, seen, signOff };
}

/** The row of a user, by id; null if the report has none. */
export function rowOf(
  { report }: Pick<ToState, 'report'>,
  userId: string,
): (ReportRow & { readonly userId: string }) | null {
  const row = report.rows.find((one) => one.userId === userId);
  return row === undefined ? null : { ...row, userId };
}

/** The open concern with this number; null if there is none. */
export function concernOf({ signOff }: Pick<ToState, 'signOff'>, number: number): Concern | null {
  return signOff.open.find((one) => one.number === number) ?? null;
}

async function record(
  ports: StatingPorts,
  token: string,
  found: ToState,
  judged: JudgedForm<Said>,
  about: About,
): Promise<StatedOnReport> {
  if (!judged.fits) {
    return { kind: 'wrong', found, mistakes: judged.mistakes, about };
  }
  const { said, typed } = judged;
  const given = { ...found.seen, said, typed };
  return {
    kind: 'stated',
    found,
    recorded: await recordStatement(ports, { ...found.visitor, token }, given),
  };
}

async function mailed(
  ports: StatingPorts,
  token: string,
  found: ToState,
  userId: string,
): Promise<StatedOnReport> {
  const row = rowOf(found, userId);
  const advice = row === null ? null : keyAdvice(row);
  if (advice?.kind !== 'reactivate') {
    return { kind: 'moved', found };
  }
  const subject = { userId, caseNumber: advice.caseNumber, why: 'row' as const };
  return { kind: 'asked', found, asked: await askForLink(ports, { ...found.visitor, token }, subject) };
}
