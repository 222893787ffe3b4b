import { ACTIONS } from './survey.ts';
import { USAGE_ACTION } from './usage.ts';

/** The least IAM policy for an assessment: reads of IAM and of CloudTrail's event history, nothing else. */
export function leastPolicy(): string {
  const statement = {
    Sid: 'SolekeyAssess',
    Effect: 'Allow',
    Action: [...ACTIONS, USAGE_ACTION],
    Resource: '*',
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2);
}
