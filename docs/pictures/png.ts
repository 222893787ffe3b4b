/** Reduces the size of pictures of text: a browser writes 24 bits for each dot, and 8 are enough. */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/**
 * Only the upper bits of each colour are kept: in text the eye sees no difference, and a palette holds all colours
 * that remain.
 */
const STEP = 16;

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

function chunksOf(png: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function written({ type, data }: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** PNG's Paeth filter: predicts a dot from those to the left, above, and above to the left. */
function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

/** The bytes of each row, with the filter of each row undone. */
function rowsOf(data: Buffer, rowLength: number, bytesPerDot: number): Buffer[] {
  const rows: Buffer[] = [];
  let above = Buffer.alloc(rowLength);
  for (let at = 0; at < data.length; at += rowLength + 1) {
    const row = Buffer.from(data.subarray(at + 1, at + 1 + rowLength));
    for (let x = 0; x < rowLength; x += 1) {
      const left = row[x - bytesPerDot] ?? 0;
      const up = above[x] ?? 0;
      const corner = above[x - bytesPerDot] ?? 0;
      const guess = [0, left, up, Math.floor((left + up) / 2), paeth(left, up, corner)][data[at] ?? 0] ?? 0;
      row[x] = (row[x] ?? 0) + guess;
    }
    rows.push(row);
    above = row;
  }
  return rows;
}

const rounded = (value = 0): number => Math.min(255, Math.round(value / STEP) * STEP);

/** The same picture with a palette. Throws for anything other than Chromium's format: 8 bits, RGB, not interlaced. */
export function withPalette(png: Buffer): Buffer {
  const chunks = chunksOf(png);
  const header = Buffer.from(chunks.find(({ type }) => type === 'IHDR')?.data ?? Buffer.alloc(13));
  if (header.toString('hex', 8) !== '0802000000') {
    throw new Error('This is no picture as Chromium writes them.');
  }
  const data = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data));
  const palette = new Map<number, number>();
  const rows = rowsOf(inflateSync(data), header.readUInt32BE(0) * 3, 3).map((row) => {
    const dots = Buffer.alloc(1 + row.length / 3);
    for (let x = 0; x < row.length; x += 3) {
      const colour = (rounded(row[x]) << 16) | (rounded(row[x + 1]) << 8) | rounded(row[x + 2]);
      const place = palette.get(colour) ?? palette.size;
      palette.set(colour, place);
      dots[1 + x / 3] = place;
    }
    return dots;
  });
  if (palette.size > 256) {
    throw new Error(`A palette holds 256 colours, and this picture has ${palette.size}.`);
  }
  header.writeUInt8(3, 9);
  const colours = Buffer.from([...palette.keys()].flatMap((rgb) => [rgb >> 16, (rgb >> 8) & 255, rgb & 255]));
  const dots = deflateSync(Buffer.concat(rows), { level: 9 });
  return Buffer.concat([
    SIGNATURE,
    written({ type: 'IHDR', data: header }),
    written({ type: 'PLTE', data: colours }),
    written({ type: 'IDAT', data: dots }),
    written({ type: 'IEND', data: Buffer.alloc(0) }),
  ]);
}
