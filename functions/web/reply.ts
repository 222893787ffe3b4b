import type { Policy } from '../core/model/policy.ts';
import type { Instant } from '../core/model/time.ts';
import type { OfferedKind } from '../core/page/deactivate-all.ts';
import type { Html } from './layout.ts';

/** A page with its HTTP status. */
export interface Reply {
  readonly status: 200 | 400 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 429 | 500;
  readonly body: Html;
}

/** The page anew by GET (303), so that a reload repeats no form. */
export const SEE_OTHER: SeeOther = { status: 303 };

/** Another page of the same link. */
export interface SeeOther {
  readonly status: 303;
  /** The query of its address, with the question mark; absent: none. */
  readonly query?: string;
}

/** The settings and the time for which a page is made. */
export interface Setting {
  readonly policy: Policy;
  readonly now: Instant;
  /** True if people can have further links mailed to them. Absent: they cannot. */
  readonly mailsLinks?: boolean;
  /** Address of the list, for the page of one of its cases. Absent: the link is to one case. */
  readonly list?: string;
  /** The answers that pages take, if not those of this release. */
  readonly offered?: readonly OfferedKind[];
}
