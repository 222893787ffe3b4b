import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Say } from '../world/say.ts';

/** Writes the files of a release and counts their bytes. */
export class Folder {
  readonly #directory: string;
  readonly #say: Say;
  #bytes = 0;

  constructor(directory: string, say: Say) {
    this.#directory = directory;
    this.#say = say;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Writes indented JSON, which people can read and compare. */
  json(file: string, content: unknown): void {
    this.put(file, `${JSON.stringify(content, null, 1)}\n`);
  }

  put(file: string, content: string | Buffer): void {
    const path = join(this.#directory, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    this.#bytes += Buffer.byteLength(content);
    this.#say(`  ${file} (${Math.ceil(Buffer.byteLength(content) / 1_024)} kB)`);
  }
}
