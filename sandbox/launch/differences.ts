import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Difference, linesOf } from './localise.ts';

/** Writes all differences to a file in this directory. Returns its path and lines. */
export async function writeDifferences(
  directory: string,
  differences: readonly Difference[],
): Promise<{ readonly file: string; readonly lines: readonly string[] }> {
  const lines = linesOf(differences);
  const file = join(directory, 'differences.txt');
  await writeFile(file, `${lines.join('\n')}\n`);
  return { file, lines };
}
