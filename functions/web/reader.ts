import { isToHandOn, type LinkClaim } from '../core/case/requests.ts';
import type { Approver } from '../core/model/policy.ts';

/** The approver for whom a link was made. Under a link that may be handed on, somebody else may be reading. */
interface Reading {
  readonly approver: Approver;
  readonly claim: Pick<LinkClaim, 'purpose' | 'scope'>;
}

/** Id of the approver who reads a page, who is addressed as "you"; null if the link may have been handed on. */
export function readerId({ approver, claim }: Reading): string | null {
  return isToHandOn(claim.purpose) ? null : approver.id;
}

/** The approver in the head of a page: `You are Security lead`, or `Link of Security lead` if it may have been handed on. */
export function ofWhom({ approver, claim }: Reading): string {
  return `${isToHandOn(claim.purpose) ? 'Link of' : 'You are'} ${approver.name}`;
}

const SHOWS: Readonly<Record<LinkClaim['scope'], { readonly it: string; readonly all: string }>> = {
  case: { it: 'this case', all: 'the case' },
  list: { it: 'the open cases', all: 'all of them' },
  report: { it: 'the report', all: 'all of it' },
};

/** The sentences in the foot of a page about its link: what it permits, and if it may be shared. */
export function aboutLink({ approver, claim }: Reading): string {
  if (isToHandOn(claim.purpose)) {
    const { it, all } = SHOWS[claim.scope];
    return `This link only shows ${it} and permits nothing. You may hand it on within your team; anyone who has it sees ${all}.`;
  }
  return `This link is personal, ${approver.name}. Anything done with it is recorded under your name. Do not share it.`;
}
