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
  if (compressionMethod !== METHODS.deflated) {
    return fault('is compressed or encrypted in an unknown way');
  }
  const plain = inflated(content, entry.uncompressedSize);
  return plain === null ? fault('cannot be decompressed as it stands') : { name, bytes: plain };
}

/** The content of a compressed file; null unless exactly these bytes are what a program compresses it to. */
function inflated(bytes: Buffer, size: number): Buffer | null {
  // A part that is not compressed has bits in front that mean nothing. No text of a pack has one.
  const isPlain = ((bytes[0] ?? 0) & 0b110) === 0;
  const plain = isPlain ? null : plainOf(bytes, size);
  return plain !== null && plain.length === size && endsInZeros(bytes, plain) ? plain : null;
}

function plainOf(bytes: Buffer, size: number): Buffer | null {
  try {
    const options = { maxOutputLength: Math.max(1, size), info: true } as const;
    const { buffer, engine } = inflateRawSync(bytes, options) as unknown as Inflated;
    return engine.bytesWritten === bytes.length ? buffer : null;
  } catch {
    return null;
  }
}

/** The result of zlib with `info`, of which the types know nothing. */
interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/** True if the bits after the end of the compressed data, which fill its last byte, are zero: others would change no content. */
function endsInZeros(bytes: Buffer, plain: Buffer): boolean {
  const last = bytes.at(-1) ?? 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    const flipped = Buffer.from(bytes);
    flipped[bytes.length - 1] = last ^ (1 << bit);
    if (plainOf(flipped, plain.length)?.equals(plain) !== true) {
      return true;
    }
    if ((last & (1 << bit)) !== 0) {
      return false;
    }
  }
  return true;
}
