import { isPrivileged } from '../inventory/privilege.ts';
import type { Evidence } from './context.ts';

/** True if the user is known to be an administrator, or to be able to become one. */
export function isOfPrivileged({ about }: Pick<Evidence, 'about'>): boolean {
  return about !== undefined && isPrivileged(about.privilege) === true;
}
