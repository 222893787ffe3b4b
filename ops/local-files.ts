import { lstat, mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LocalFiles } from './control/world.ts';

/** Only the operator may read what is saved: it names people and keys. */
const MODE = { file: 0o600, folder: 0o700 } as const;

/** The files of this machine. */
export const localFiles: LocalFiles = {
  async exists(path) {
    return lstat(path).then(
      () => true,
      () => false,
    );
  },
  async write(path, content) {
    await mkdir(dirname(path), { recursive: true, mode: MODE.folder });
    // Whoever finds the file finds all of it.
    await writeFile(`${path}.part`, content, { mode: MODE.file });
    await rename(`${path}.part`, path);
  },
};
