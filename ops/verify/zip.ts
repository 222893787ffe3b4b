/** Reads a zip that somebody may have changed. Nothing is written to the disk. */
import { inflateRawSync } from 'node:zlib';
import { type Entry, fromBuffer } from 'yauzl';
import type { NamedBytes } from '../../functions/adapters/records/anchor-folder.ts';
import { type FormFault, type Place, zipForm } from './zip-form.ts';

/** Largest number of files, and largest sum of their sizes in bytes. A pack is far from both. */
const MOST_FILES = 10_000;
export const MOST_BYTES = 2 ** 30;

/** A name without anything that a file system could take for another place. */
const NAME = /^[A-Za-z0-9][\w.-]*(?:\/[A-Za-z0-9][\w.-]*)*$/;
const LONGEST_NAME = 200;

/** Kind of file in a mode of Unix, and the one of an ordinary file. */
const KIND = 0o170_000;
const ORDINARY = 0o100_000;

const METHODS = { stored: 0, deflated: 8 } as const;

/** The files that can be read, and everything that is wrong with the zip. */
export interface ReadZip {
  readonly files: readonly NamedBytes[];
  readonly faults: readonly FormFault[];
}

/** Reads all files of a zip. */
export async function readZip(zip: Buffer): Promise<ReadZip> {
  const entries = await entriesOf(zip).catch((error: Error) => error);
  if (entries instanceof Error) {
    return { files: [], faults: [{ name: null, text: `The zip cannot be read: ${entries.message}` }] };
  }
  const sum = entries.reduce((total, { uncompressedSize }) => total + uncompressedSize, 0);
  if (entries.length > MOST_FILES || sum > MOST_BYTES) {
    const size = `${entries.length} files with ${sum} bytes`;
    return { files: [], faults: [{ name: null, text: `The zip is too large: ${size}` }] };
  }
  const { faults, places } = zipForm(zip, entries);
  const read = entries.map((entry) => fileOf(zip, entry, places.get(entry), entries));
  return {
    files: read.flatMap((one) => ('bytes' in one ? [one] : [])),
    faults: [...faults, ...read.flatMap((one) => ('text' in one ? [one] : []))],
  };
}

function entriesOf(zip: Buffer): Promise<Entry[]> {
  return new Promise((done, failed) => {
    fromBuffer(zip, { lazyEntries: true, strictFileNames: true }, (error, file) => {
      if (error !== null) {
        failed(error);
        return;
      }
      const entries: Entry[] = [];
      file.on('error', failed);
      file.on('end', () => done(entries));
      file.on('entry', (entry: Entry) => {
        entries.push(entry);
        file.readEntry();
      });
      file.readEntry();
    });
  });
}

/** The content of a file, or what is wrong with it. */
function fileOf(
  zip: Buffer,
  entry: Entry,
  place: Place | undefined,
  all: readonly Entry[],
): NamedBytes | FormFault {
  const { fileName: name, externalFileAttributes, compressionMethod } = entry;
  const fault = (text: string): FormFault => ({ name, text });
  if (!NAME.test(name) || name.length > LONGEST_NAME) {
    return fault('has a name that no file of a pack has');
  }
  if (((externalFileAttributes >>> 16) & KIND) !== ORDINARY) {
    return fault('is a link or something else that is no ordinary file');
  }
  if (all.filter((one) => one.fileName.toLowerCase() === name.toLowerCase()).length > 1) {
    return fault('stands in the zip more than once');
  }
  if (place === undefined) {
    return fault('cannot be read');
  }
  const content = zip.subarray(place.from, place.to);
  if (compressionMethod === METHODS.stored) {
    return content.length === entry.uncompressedSize
      ? { name, bytes: content }
      : fault('has another size than the directory says');
  }
  return compressionMethod === METHODS.deflated
    ? (inflated(content, entry.uncompressedSize) ?? fault('cannot be decompressed'))
    : fault('is compressed or encrypted in an unknown way');

  function inflated(bytes: Buffer, size: number): NamedBytes | null {
    try {
      const plain = inflateRawSync(bytes, { maxOutputLength: Math.max(1, size) });
      return plain.length === size ? { name, bytes: plain } : null;
    } catch {
      return null;
    }
  }
}
