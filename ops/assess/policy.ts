import { ACTIONS } from './survey.ts';

/** The least IAM policy for an assessment: reads of IAM, nothing else. */
export function leastPolicy(): string {
  const statement = { Sid: 'SolekeyAssess', Effect: 'Allow', Action: [...ACTIONS], Resource: '*' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2);
}
