/** Addresses within a list are relative, because the public URL may have a prefix that the function does not see. */
import type { Case } from '../../core/case/case.ts';

/** The address of a case's page, from the page of the list. */
export function hrefOfRow(token: string, { userId, number }: Pick<Case, 'userId' | 'number'>): string {
  return `${token}/${userId}-${number}`;
}

/** The address of the list, from the page of one of its cases. */
export function hrefOfList(token: string): string {
  return `../${token}`;
}
