import type { ControlFinding } from '../model/ledger.ts';

/** The sign that something other than the commands wrote the control item or its ledger, in one sentence. */
export const CONTROL_FINDING: Readonly<Record<ControlFinding, string>> = {
  'no-item': 'The control item is gone, although the ledger has entries.',
  'other-entry': 'The control item does not belong to the last entry of the ledger.',
  'other-content':
    'Something other than the commands has changed the control item (pauses, revoked approvers).',
  'entry-changed': 'The last entry of the ledger is not as it was written.',
};
