/**
 * The form of a zip, byte by byte: one file after the other, the directory, its end, and nothing between or beside them. Everything
 * is there twice or is the same for all files, so no byte can change unnoticed. A pack is written like this.
 */
import type { Entry } from 'yauzl';

/** A fault of the zip itself; `name` is the file that it is about, null if it is about none. */
export interface FormFault {
  readonly name: string | null;
  readonly text: string;
}

const LOCAL = { size: 30, signature: 0x04034b50 } as const;
const CENTRAL = { size: 46, signature: 0x02014b50 } as const;
const DESCRIPTOR = { size: 16, signature: 0x08074b50 } as const;
const END = { size: 22, signature: 0x06054b50 } as const;

/** Set if sizes and checksum stand after the content. */
const SIZES_AFTER = 1 << 3;

/** The place of the content of a file within the zip. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** The faults of the form, and where the content of each file is. Files of which that is uncertain have no place. */
export function zipForm(
  zip: Buffer,
  entries: readonly Entry[],
): { readonly faults: readonly FormFault[]; readonly places: ReadonlyMap<Entry, Place> } {
  const faults: FormFault[] = [];
  const places = new Map<Entry, Place>();
  let at = 0;
  let record = directoryOf(zip);
  const shapes: string[] = [];
  for (const entry of entries) {
    const found = localFile(zip, entry, at, record);
    if (found === null) {
      faults.push({ name: entry.fileName, text: 'does not stand in the zip as its directory says' });
    } else {
      places.set(entry, found.place);
      at = found.end;
    }
    shapes.push(shapeOf(zip, entry, record));
    record += CENTRAL.size + entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
  }
  const usual = mostOften(shapes);
  entries.forEach(({ fileName: name }, index) => {
    if (shapes[index] !== usual) {
      faults.push({ name, text: 'is entered in another way than the other files' });
    }
  });
  const isWhole = at === directoryOf(zip) && record === zip.length - END.size;
  if (faults.length === 0 && !(isWhole && endOf(zip, entries.length).equals(zip.subarray(record)))) {
    faults.push({ name: null, text: 'The zip has something between or beside its files' });
  }
  return { faults, places };
}

/** The place of the directory according to the end of the zip. */
function directoryOf(zip: Buffer): number {
  return zip.readUInt32LE(zip.length - END.size + 16);
}

/** The content of a file that begins at `at`, and where the next one begins; null if it differs from the directory. */
function localFile(
  zip: Buffer,
  entry: Entry,
  at: number,
  record: number,
): { readonly place: Place; readonly end: number } | null {
  const { fileNameLength, compressedSize: size, relativeOffsetOfLocalHeader } = entry;
  const from = at + LOCAL.size + fileNameLength;
  const to = from + size;
  const isAfter = (entry.generalPurposeBitFlag & SIZES_AFTER) !== 0;
  const end = to + (isAfter ? DESCRIPTOR.size : 0);
  if (relativeOffsetOfLocalHeader !== at || end > zip.length || record + CENTRAL.size > zip.length) {
    return null;
  }
  const same = (here: number, there: number, bytes: number) =>
    zip.subarray(here, here + bytes).equals(zip.subarray(there, there + bytes));
  const sizes = record + 16;
  const isSame =
    zip.readUInt32LE(at) === LOCAL.signature &&
    zip.readUInt32LE(record) === CENTRAL.signature &&
    same(at + 4, record + 6, 10) &&
    same(at + 26, record + 28, 2) &&
    zip.readUInt16LE(at + 28) === 0 &&
    same(at + LOCAL.size, record + CENTRAL.size, fileNameLength) &&
    (isAfter
      ? zip.subarray(at + 14, at + 26).equals(Buffer.alloc(12)) &&
        zip.readUInt32LE(to) === DESCRIPTOR.signature &&
        same(to + 4, sizes, 12)
      : same(at + 14, sizes, 12));
  return isSame ? { place: { from, to }, end } : null;
}

/** All that the directory has about a file but its method, its name, its checksum, its sizes and its place: the same for all files. */
function shapeOf(zip: Buffer, { fileNameLength, extraFieldLength }: Entry, record: number): string {
  const extra = record + CENTRAL.size + fileNameLength;
  return Buffer.concat([
    zip.subarray(record, record + 10),
    zip.subarray(record + 12, record + 16),
    zip.subarray(record + 30, record + 42),
    zip.subarray(extra, extra + extraFieldLength),
  ]).toString('hex');
}

function mostOften(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** The end of a zip with this number of files, without a comment. */
function endOf(zip: Buffer, files: number): Buffer {
  const end = Buffer.alloc(END.size);
  const directory = directoryOf(zip);
  end.writeUInt32LE(END.signature, 0);
  end.writeUInt16LE(files, 8);
  end.writeUInt16LE(files, 10);
  end.writeUInt32LE(Math.max(0, zip.length - END.size - directory), 12);
  end.writeUInt32LE(directory, 16);
  return end;
}
