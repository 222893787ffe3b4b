import type { TrueKey } from './truth.ts';
import type { UserRecord } from './verdict.ts';

export interface Row {
  readonly user: UserRecord;
  readonly remark: string | undefined;
  readonly problems: readonly string[];
}

const HEAD = ['user', 'keys before', 'decision', 'keys now', 'outcome'];

const dotted = (keyId: string): string => `..${keyId.slice(-4)}`;

function keysIn(keys: readonly TrueKey[]): string {
  return keys.map(({ id, status }) => `${dotted(id)} ${status === 'Active' ? 'on' : 'off'}`).join('  ');
}

function cells({ user, remark, problems }: Row): string[] {
  const { userName, before, decision, after, outcome } = user;
  const said = outcome.replaceAll('-', ' ') + (remark === undefined ? '' : ` (${remark})`);
  return [
    userName,
    keysIn(before),
    decision === null ? '-' : `${decision.by}: keep ${dotted(decision.keep)}`,
    keysIn(after) || '-',
    problems.length === 0 ? said : `${said} BUT ${problems.join('; ')}`,
  ];
}

/** The final table, as wide as its content needs. */
export function tableOf(rows: readonly Row[]): string[] {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('   ')
      .trimEnd(),
  );
}
