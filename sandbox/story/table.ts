import type { TrueKey } from './truth.ts';
import type { UserRecord } from './verdict.ts';

export interface Row {
  readonly user: UserRecord;
  readonly remark: string | undefined;
  readonly problems: readonly string[];
}

const HEAD = ['user', 'keys before', 'decision', 'keys now', 'outcome'];
const GAP = '  ';

/** Columns of a terminal of usual width. */
const WIDTH = 120;

/** Room for two keys; further keys continue on the next line. */
const KEYS_WIDTH = 'AAAA off, BBBB off,'.length;

/** Least width of the outcome column. */
const OUTCOME_WIDTH = 24;

/** The last four characters of a key id. */
const short = (keyId: string): string => keyId.slice(-4);

function keysIn(keys: readonly TrueKey[]): string {
  return keys.map(({ id, status }) => `${short(id)} ${status === 'Active' ? 'on' : 'off'}`).join(', ');
}

function cells({ user, remark, problems }: Row): string[] {
  const { userName, before, decision, after, outcome } = user;
  const said = outcome.replaceAll('-', ' ') + (remark === undefined ? '' : ` (${remark})`);
  return [
    userName,
    keysIn(before),
    decision === null
      ? '-'
      : `${decision.by}: keep ${decision.keep === null ? 'none' : short(decision.keep)}`,
    keysIn(after) || '-',
    problems.length === 0 ? said : `${said} BUT ${problems.join('; ')}`,
  ];
}

/** The final table. Text that is too long for its column continues on further lines. */
export function tableOf(rows: readonly Row[]): string[] {
  const table = [HEAD, ...rows.map(cells)].map(
    ([user = '', before = '', decision = '', now = '', outcome = '']) => ({
      left: [[user], wrapped(before, KEYS_WIDTH), [decision], wrapped(now, KEYS_WIDTH)],
      outcome,
    }),
  );
  const widths = HEAD.slice(0, -1).map((_, column) =>
    Math.max(...table.flatMap(({ left }) => (left[column] ?? []).map(({ length }) => length))),
  );
  const taken = widths.reduce((sum, width) => sum + width + GAP.length, 0);
  return table.flatMap(({ left, outcome }) => {
    const columns = [...left, wrapped(outcome, Math.max(OUTCOME_WIDTH, WIDTH - taken))];
    const height = Math.max(...columns.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) =>
      columns
        .map((column, index) => (column[line] ?? '').padEnd(widths[index] ?? 0))
        .join(GAP)
        .trimEnd(),
    );
  });
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
