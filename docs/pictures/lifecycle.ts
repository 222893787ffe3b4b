/** The table of a case's phases, drawn from the transitions that the code allows. */
import type { Phase } from '../../functions/core/case/case.ts';
import { TRANSITIONS } from '../../functions/core/case/transitions.ts';

/** The meaning of each phase and who has to act next. */
const MEANING: Record<Phase, string> = {
  rotating:
    'A second key is fresh and looks like a rotation in progress. Nobody has to act; an approver can already decide.',
  'awaiting-decision': 'Approvers were asked, or soon will be. No key changes until one of them decides.',
  exception: 'More than one key is allowed until a date.',
  approved: 'A decision stands, and keys are being deactivated, one at a time, or wait for the change window.',
  grace:
    'The grace period: at most one key is active, and a deactivated one can be reactivated until its date.',
  'awaiting-confirmation': 'The grace period is over, and a person must confirm the deletion.',
  deleting:
    'The deletion has begun: reactivating is no longer possible, and each key is deleted once IAM has shown it inactive twice more.',
  held: 'On hold: a safety rule stopped Solekey, and a person must check.',
  excluded: 'The user is never changed, but stays visible.',
  closed: 'At most one key is active, and Solekey has nothing left to do.',
};

/** Phases that no setting of this release leads to. */
const LATER: ReadonlySet<Phase> = new Set(['exception']);

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
${phases.map((phase) => `| ${marked(phase)} | ${MEANING[phase]}${LATER.has(phase) ? ' (Not yet built: nothing leads here.)' : ''} |`).join('\n')}

From the phase on the left a case can go to the phases with a dot. The tests compare the table with what they see: a move
without a dot fails, and so does a dot that no test reaches.

| from \\ to | ${phases.join(' | ')} |
|---|${phases.map(() => ':-:').join('|')}|
${(['none', ...phases] as const).map(row).join('\n')}
`;
}
