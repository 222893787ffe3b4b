/** The list of expected faults, `expected.txt`: under each file the names of its faults. It may only grow. */
export type Listed = ReadonlyMap<string, readonly string[]>;

export function parsed(text: string): Listed {
  const listed = new Map<string, string[]>();
  let names: string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('  ')) {
      names.push(line.trim());
    } else if (line !== '' && !line.startsWith('#')) {
      names = [];
      listed.set(line, names);
    }
  }
  return listed;
}

export function written(listed: Listed): string {
  const head =
    '# Faults that `npm run check:faults` expects. It writes this list with --list; it may only grow.\n';
  return `${head}${[...listed].map(([file, names]) => `\n${file}\n${names.map((name) => `  ${name}\n`).join('')}`).join('')}`;
}

export function sizeOf(listed: Listed): number {
  return [...listed.values()].reduce((sum, names) => sum + names.length, 0);
}

/** Faults on one list and not on the other, as `file: name`. */
export function missing(from: Listed, among: Listed): string[] {
  return [...from].flatMap(([file, names]) => {
    const there = new Set(among.get(file));
    return names.filter((name) => !there.has(name)).map((name) => `${file} ${name}`);
  });
}
