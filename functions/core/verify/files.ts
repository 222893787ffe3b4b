import type { AnchoredFile } from '../records/anchor.ts';

/**
 * A difference between the files that a signed list names and those that are there. `renamed`: the content is there under
 * another name · `swapped`: two files have each other's content.
 */
export type FileFault =
  | { readonly found: 'missing' | 'added' | 'changed'; readonly name: string }
  | { readonly found: 'renamed' | 'swapped'; readonly name: string; readonly other: string };

/** The differences between the listed files and the present ones, by the names of the listed; each file stands in one. */
export function fileFaults(listed: readonly AnchoredFile[], present: readonly AnchoredFile[]): FileFault[] {
  const there = new Map(present.map((file) => [file.name, file]));
  const names = new Set(listed.map(({ name }) => name));
  const wrong = listed.filter((file) => !same(file, there.get(file.name)));
  const added = new Map(present.filter(({ name }) => !names.has(name)).map((file) => [file.name, file]));
  const told = new Set<string>();
  const faults = wrong.flatMap((file): FileFault[] => {
    const { name } = file;
    if (told.has(name)) {
      return [];
    }
    const now = there.get(name);
    if (now === undefined) {
      const [other] = [...added.values()].filter((one) => same(file, one));
      added.delete(other?.name ?? '');
      return [
        other === undefined ? { found: 'missing', name } : { found: 'renamed', name, other: other.name },
      ];
    }
    const partner = wrong.find((one) => same(one, now) && same(file, there.get(one.name)));
    told.add(partner?.name ?? '');
    return [
      partner === undefined ? { found: 'changed', name } : { found: 'swapped', name, other: partner.name },
    ];
  });
  return [...faults, ...[...added.keys()].map((name): FileFault => ({ found: 'added', name }))];
}

/** True if the content is the same, whatever the name. */
function same(a: AnchoredFile, b: AnchoredFile | undefined): boolean {
  return b !== undefined && a.sha256 === b.sha256 && a.bytes === b.bytes;
}
