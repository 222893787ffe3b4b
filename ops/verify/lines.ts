/** Lines of a file that need not fit into memory. */
import { readSync } from 'node:fs';

/** A line without its line break, and its place in the file in bytes. */
export interface Line {
  readonly text: string;
  readonly offset: number;
  readonly length: number;
}

const CHUNK = 2 ** 20;
const BREAK = 0x0a;

/** All lines of an open file but empty ones, in order. */
export function* linesOf(file: number): Generator<Line> {
  const chunk = Buffer.alloc(CHUNK);
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  for (let at = 0; ; ) {
    const read = readSync(file, chunk, 0, CHUNK, at);
    if (read === 0) {
      break;
    }
    at += read;
    const bytes = Buffer.concat([rest, chunk.subarray(0, read)]);
    let from = 0;
    for (let to = bytes.indexOf(BREAK); to >= 0; to = bytes.indexOf(BREAK, from)) {
      if (to > from) {
        yield { text: bytes.toString('utf8', from, to), offset: offset + from, length: to - from };
      }
      from = to + 1;
    }
    rest = bytes.subarray(from);
    offset += from;
  }
  if (rest.length > 0) {
    yield { text: rest.toString('utf8'), offset, length: rest.length };
  }
}

/** The text at a place of an open file. */
export function textAt(file: number, { offset, length }: Pick<Line, 'offset' | 'length'>): string {
  const bytes = Buffer.alloc(length);
  readSync(file, bytes, 0, length, offset);
  return bytes.toString('utf8');
}
