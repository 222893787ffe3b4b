import type { LinkPurpose } from '../core/case/requests.ts';
import { LINK_KINDS, LINK_PATHS } from './fixed-names.ts';
import { linkPath } from './link.ts';

/** A row of a list, as a path names it: a user and the number of a case. It is only looked up and never believed. */
export interface ListRow {
  readonly userId: string;
  readonly caseNumber: number;
}

/** The page that a path leads to. `row` is null for the list itself. */
export type LinkedPage =
  | { readonly scope: 'case'; readonly purpose: LinkPurpose; readonly token: string }
  | { readonly scope: 'list'; readonly token: string; readonly row: ListRow | null }
  | { readonly scope: 'report'; readonly token: string };

/** The path of a link, after any prefix that the public URL has, with an optional row. */
const LINK = /^(?:\/[\w.~-]+){0,4}?\/(\w)\/([\w.-]+)(?:\/(\w{1,128})-([1-9]\d{0,14}))?$/;

const PURPOSES = Object.keys(LINK_KINDS) as LinkPurpose[];

/** The path of a row's page under a link to a list. */
export function rowPath(token: string, { userId, caseNumber }: ListRow): string {
  return `${linkPath('list', token)}/${userId}-${caseNumber}`;
}

/** The page that a path leads to; null if it is not a path of ours. The token in it is not checked. */
export function linkedPage(path: string): LinkedPage | null {
  const [, first, token, userId, number] = LINK.exec(path) ?? [];
  if (token === undefined) {
    return null;
  }
  const row = userId === undefined ? null : { userId, caseNumber: Number(number) };
  if (first === LINK_PATHS.list) {
    return { scope: 'list', token, row };
  }
  if (first === LINK_PATHS.report) {
    return row === null ? { scope: 'report', token } : null;
  }
  const purpose = PURPOSES.find((one) => LINK_PATHS[one] === first);
  return purpose === undefined || row !== null ? null : { scope: 'case', purpose, token };
}
