/** The table of a case's phases, drawn from the transitions that the code allows. */
import type { Phase } from '../../functions/core/case/case.ts';
import { TRANSITIONS } from '../../functions/core/case/transitions.ts';

/** The meaning of each phase and who has to act next. */
const MEANING: Record<Phase, string> = {
  rotating:
    'A second key is fresh and looks like a rotation. Nobody has to act; an approver may decide at once.',
  'awaiting-decision': 'People were asked, or soon will be. Nothing is changed until one of them decides.',
  exception: 'More than one key is allowed until a date.',
  approved: 'A decision stands, and keys are being switched off, one at a time.',
  grace: 'At most one key is active. What was switched off can be brought back until its date.',
  'awaiting-confirmation': 'The grace period is over, and a person must confirm the deletion.',
  deleting:
    'The deletion is committed, restore is no longer possible, and each key goes after two more looks.',
  held: 'A safety rule stopped us, and a person must look.',
  excluded: 'The user may never be changed, but stays visible.',
  closed: 'At most one key is active, and nothing of ours is pending.',
};

/** Phases of the design that no setting of this release leads to. */
const LATER: ReadonlySet<Phase> = new Set(['exception']);

export function drawLifecycle(): string {
  const phases = Object.keys(MEANING) as Phase[];
  const marked = (phase: Phase | 'none') => (phase === 'none' ? '(no case)' : `\`${phase}\``);
  const row = (from: Phase | 'none') =>
    `| ${marked(from)} | ${phases.map((to) => (TRANSITIONS[from].includes(to) ? '●' : ' ')).join(' | ')} |`;
  return `# The lifecycle of a case

Made by \`npm run pictures\` from \`functions/core/case/transitions.ts\`; do not edit it here. What leads from one phase to
another is the order of judgement: [adr/002](adr/002-order-of-judgement.md).

| phase | what it means |
|---|---|
${phases.map((phase) => `| ${marked(phase)} | ${MEANING[phase]}${LATER.has(phase) ? ' (A later step: no setting leads here yet.)' : ''} |`).join('\n')}

From the phase on the left a case may go to the phases with a dot. The property tests hold every step of
thousands of random cases against this table.

| from \\ to | ${phases.join(' | ')} |
|---|${phases.map(() => ':-:').join('|')}|
${(['none', ...phases] as const).map(row).join('\n')}
`;
}
