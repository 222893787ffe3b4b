import { jsonText } from '../inventory/lines.ts';
import { sha256 } from '../model/digest.ts';
import { ANCHOR_SCHEMA, type Anchor, type AnchoredFile } from './anchor.ts';

/** A file with its content, as it is stored beside an anchor. */
export interface RecordFile {
  readonly name: string;
  /** The media type. */
  readonly type: string;
  readonly content: string;
}

/** The anchor before, with the SHA-256 of its text. */
export interface AnchorBefore {
  readonly anchor: Anchor;
  readonly sha256: string;
}

/** The parts of an anchor that do not follow from the one before and from its files. */
export type AnchorParts = Omit<Anchor, 'schema' | 'number' | 'previous' | 'after' | 'files'>;

/** The anchor that follows `before` (null: it is the first) and binds these files. */
export function nextAnchor(
  before: AnchorBefore | null,
  parts: AnchorParts,
  files: readonly RecordFile[],
): Anchor {
  return {
    schema: ANCHOR_SCHEMA,
    ...parts,
    number: (before?.anchor.number ?? 0) + 1,
    previous: before?.sha256 ?? null,
    after: before?.anchor.until ?? null,
    files: files.map(anchored).sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** The name, length and hash of a file. */
export function anchored({ name, content }: RecordFile): AnchoredFile {
  return { name, bytes: new TextEncoder().encode(content).length, sha256: sha256(content) };
}

/** The text of an anchor, which is signed as it is. */
export function anchorText(anchor: Anchor): string {
  return `${jsonText(anchor, 2)}\n`;
}

/** A file of JSON Lines. */
export function linesFile(name: string, lines: readonly object[]): RecordFile {
  return { name, type: 'application/jsonl', content: lines.map((line) => `${jsonText(line)}\n`).join('') };
}
