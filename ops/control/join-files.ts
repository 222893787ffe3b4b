/** A file beside an anchor, as text. */
export interface NamedText {
  /** Number of the anchor. */
  readonly number: number;
  readonly name: string;
  readonly text: string;
}

/**
 * The files of many anchors as they are saved: the rows of one kind in one file, in the order of their anchors; each other
 * file by itself, under the number of its anchor. Tables of two releases that have other columns stay apart.
 */
export function joinedFiles(files: readonly NamedText[]): { readonly name: string; readonly text: string }[] {
  const kinds = new Set(files.flatMap(({ name }) => (name.endsWith('.jsonl') ? [name.slice(0, -6)] : [])));
  const joined = new Map<string, string[]>();
  const headings = new Map<string, string[]>();
  const append = (name: string, text: string, heading = '') => {
    const texts = joined.get(name) ?? [heading];
    texts.push(text);
    joined.set(name, texts);
  };
  for (const { number, name, text } of files) {
    const [, kind = '', ending = ''] = /^(.+)\.(jsonl|csv)$/.exec(name) ?? [];
    if (!kinds.has(kind)) {
      append(`${String(number).padStart(9, '0')}-${name}`, text);
    } else if (ending === 'jsonl') {
      append(name, text);
    } else {
      const end = text.indexOf('\n') + 1;
      const known = headings.get(kind) ?? [];
      const heading = text.slice(0, end);
      const at = known.includes(heading) ? known.indexOf(heading) : known.push(heading) - 1;
      headings.set(kind, known);
      append(at === 0 ? name : `${kind}-${at + 1}.csv`, text.slice(end), heading);
    }
  }
  return [...joined]
    .map(([name, texts]) => ({ name, text: texts.join('') }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
