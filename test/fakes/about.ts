import type { About, AboutPrivilege } from '../../functions/core/inventory/about.ts';
import { HOUR, plus } from '../../functions/core/model/time.ts';
import { NOW } from './cases.ts';

/** An ordinary user, and software, as a survey of this morning found it. */
export function anAbout(more: Partial<About> = {}): About {
  return {
    asOf: plus(NOW, -9 * HOUR),
    privilege: { kind: 'ordinary' },
    automation: { kind: 'automation', by: 'console-password' },
    reserved: { user: false, keys: [] },
    ...more,
  };
}

/** An administrator by these policies of AWS. */
export function administrator(...policies: string[]): AboutPrivilege {
  return {
    kind: 'administrator',
    policies: policies.map((policy) => ({ policy, kind: 'aws-managed', group: null })),
    more: 0,
  };
}
