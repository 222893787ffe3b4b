import { ZipFile } from 'yazl';

/** A file of an archive. */
export interface ZipEntry {
  /** Its path in the archive, with `/`. */
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** The time of every file, in the clock of whoever packs: the archive's own time has no zone. */
const PACKED = new Date(2000, 0, 1);

/**
 * Files up to this size in bytes are stored as they are. A signature does not become smaller: it would be wrapped with bits that mean
 * nothing, so that somebody could change them unnoticed.
 */
const STORED = 1024;

/** An ordinary file that everybody may read. Anything else, such as a link, has another mode. */
const MODE = 0o100644;

/**
 * An archive of these files, in the order of their names. The same files make the same bytes, whenever and wherever they are
 * packed. Throws for a path that is absolute or leads out of the archive, and for two files with one name.
 */
export async function zipped(entries: readonly ZipEntry[]): Promise<Uint8Array> {
  const names = entries.map(({ name }) => name);
  if (new Set(names).size !== names.length) {
    throw new Error('Two files of the archive have the same name.');
  }
  const zip = new ZipFile();
  for (const { name, content } of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const bytes = Buffer.from(content);
    const compress = bytes.length > STORED;
    zip.addBuffer(bytes, name, { mtime: PACKED, mode: MODE, forceDosTimestamp: true, compress });
  }
  zip.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of zip.outputStream) {
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks);
}
