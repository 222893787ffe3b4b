import type { TrueKey } from './truth.ts';
import type { UserRecord } from './verdict.ts';

export interface Row {
  readonly user: UserRecord;
  readonly remark: string | undefined;
  readonly problems: readonly string[];
}

/** Keys by their last four characters, as many as fit beside the rest on a terminal that is not narrow. */
const HEAD = ['user', 'keys before', 'decision', 'keys now', 'outcome'];
const WIDTH = 118;
const GAP = '  ';

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
    decision === null ? '-' : `${decision.by}: keep ${short(decision.keep)}`,
    keysIn(after) || '-',
    problems.length === 0 ? said : `${said} BUT ${problems.join('; ')}`,
  ];
}

/** The final table. Its last column goes on in further lines where it is too long. */
export function tableOf(rows: readonly Row[]): string[] {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.slice(0, -1).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const left = widths.reduce((sum, width) => sum + width + GAP.length, 0);
  return lines.flatMap((line) => {
    const [first = '', ...more] = wrapped(line.at(-1) ?? '', Math.max(24, WIDTH - left));
    const before = widths.map((width, column) => (line[column] ?? '').padEnd(width));
    return [[...before, first].join(GAP).trimEnd(), ...more.map((text) => ' '.repeat(left) + text)];
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
