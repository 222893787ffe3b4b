/** The table of a case's phases, drawn from the transitions that the code allows. */
import type { Phase } from '../../functions/core/case/case.ts';
import { TRANSITIONS } from '../../functions/core/case/transitions.ts';

/** The meaning of each phase and who has to act next. */
const MEANING: Record<Phase, string> = {
  rotating:
    'A second key is fresh and looks like a rotation in progress. Nobody has to act; an approver can already decide.',
  'awaiting-decision': 'Approvers were asked, or soon will be. No key changes until one of them decides.',
  exception:
    'Several keys are left active until a date, and approvers are asked again then. Pages offer this from 0.10.0 on.',
  approved:
    'A decision stands, and keys are being deactivated, one at a time, or wait for the change window.',
  grace:
    'The grace period: a deactivated key can be reactivated until its date. At most one key is active, but for an exception.',
  'awaiting-confirmation': 'The grace period is over, and a person must confirm the deletion.',
  deleting:
    'The deletion has begun: reactivating is no longer possible, and each key is deleted once IAM has shown it inactive twice more.',
  held: 'On hold: a safety rule stopped Solekey, and a person must check.',
  excluded: 'The user is never changed, but stays visible.',
  closed: 'At most one key is active, and Solekey has nothing left to do.',
};

export function drawLifecycle(): string {
  const phases = Object.keys(MEANING) as Phase[];
  const marked = (phase: Phase | 'none') => (phase === 'none' ? '(no case)' : `\`${phase}\``);
  const row = (from: Phase | 'none') =>
    `| ${marked(from)} | ${phases.map((to) => (TRANSITIONS[from].includes(to) ? '●' : ' ')).join(' | ')} |`;
  return `# The lifecycle of a case

Made by \`npm run pictures\` from \`functions/core/case/transitions.ts\`; do not edit it here. The order of
judgement decides what leads from one phase to another: [ADR 002](adr/002-order-of-judgement.md).

| phase | what it means |
|---|---|
${phases.map((phase) => `| ${marked(phase)} | ${MEANING[phase]} |`).join('\n')}

From the phase on the left a case can go to the phases with a dot. The tests compare the table with what they see: a move
without a dot fails, and so does a dot that no test reaches.

| from \\ to | ${phases.join(' | ')} |
|---|${phases.map(() => ':-:').join('|')}|
${(['none', ...phases] as const).map(row).join('\n')}
`;
}
