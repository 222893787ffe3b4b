import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

/** A fixed date, so that the same content gives the same archive. */
const DATE = 0x5a_21_00_00;
const READABLE_FILE = (0o100644 << 16) >>> 0;

/**
 * A zip archive of a directory's files, as Lambda accepts it for code. It is built in memory, because bundles have
 * only one or two files.
 */
export async function zipDirectory(directory: string): Promise<Buffer> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const parts: Buffer[] = [];
  const index: Buffer[] = [];
  let offset = 0;
  for (const file of files.sort()) {
    const content = await readFile(file);
    const { local, central } = zipEntry(relative(directory, file), content, offset);
    parts.push(local);
    index.push(central);
    offset += local.length;
  }
  const directoryOfAll = Buffer.concat(index);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(index.length, 8);
  end.writeUInt16LE(index.length, 10);
  end.writeUInt32LE(directoryOfAll.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directoryOfAll, end]);
}

function zipEntry(
  name: string,
  content: Buffer,
  offset: number,
): { readonly local: Buffer; readonly central: Buffer } {
  const path = Buffer.from(name);
  const data = deflateRawSync(content);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0); // version needed
  common.writeUInt16LE(8, 4); // deflate
  common.writeUInt32LE(DATE, 6);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(path.length, 22);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(READABLE_FILE, 6);
  rest.writeUInt32LE(offset, 10);
  return {
    local: Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, path, data]),
    central: Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0003', 'latin1'), common, rest, path]),
  };
}
