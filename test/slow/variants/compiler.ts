/** The compiler, over a copy of our sources in which something may be changed. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What is compiled for every union: whatever may speak of one without AWS's SDK, which costs seconds to read. */
const ALWAYS = ['functions/core', 'functions/app', 'functions/contracts', 'functions/web'];

const isAlways = (file: string): boolean => ALWAYS.some((folder) => file.startsWith(`${folder}/`));

/** `Element implicitly has an 'any' type`, at each use of a record that is not complete any more. */
const FOLLOWS = 'TS7053';

/** One copy of the sources. Nothing is written outside of it. */
export class Copy {
  private readonly folder = mkdtempSync(join(tmpdir(), 'solekey-variants-'));
  private readonly root: string;

  constructor(root: string) {
    this.root = root;
    for (const path of ['functions', 'docs', 'tsconfig.json', 'package.json']) {
      cpSync(join(root, path), join(this.folder, path), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'));
  }

  /**
   * Where the compiler finds something wrong, as `path/to/file.ts declaration`, when one file is changed. Of the files that
   * are not always compiled, those that `wanted` names are.
   */
  placesWith(file: string, change: (source: string) => string, wanted: readonly string[] = []): string[] {
    const more = wanted.map((place) => place.replace(/ .*/, '')).filter((path) => !isAlways(path));
    const path = join(this.folder, file);
    const source = readFileSync(path, 'utf8');
    writeFileSync(path, change(source));
    try {
      return this.places(more);
    } finally {
      writeFileSync(path, source);
    }
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private places(more: readonly string[]): string[] {
    // Never incremental: TypeScript 7.0.2 then repeats errors of the run before, and misses some of this one.
    const options = { extends: './tsconfig.json', include: ALWAYS, files: more };
    writeFileSync(join(this.folder, 'probe.json'), JSON.stringify(options));
    const tsc = join(this.root, 'node_modules/typescript/bin/tsc');
    const { stdout, status } = spawnSync(
      process.execPath,
      // One thread takes hardly longer than two, and half the work: threads check much of it twice.
      [tsc, '--noEmit', '--singleThreaded', '--pretty', 'false', '-p', 'probe.json'],
      { cwd: this.folder, encoding: 'utf8', maxBuffer: 16 * 2 ** 20 },
    );
    const found = [...stdout.matchAll(/^(\S+\.ts)\((\d+),\d+\): error (TS\d+)/gm)];
    if (found.length === 0 && status !== 0) {
      throw new Error(`The compiler did not run: ${stdout.slice(0, 500)}`);
    }
    const wrong = found.filter(([, , , code]) => code !== FOLLOWS);
    return [
      ...new Set(wrong.map(([, file = '', line]) => `${file} ${this.declarationAt(file, Number(line))}`)),
    ];
  }

  /** The declaration of a file that a line belongs to. */
  private declarationAt(file: string, line: number): string {
    const lines = readFileSync(join(this.folder, file), 'utf8').split('\n').slice(0, line);
    const pattern = /^(?:export )?(?:async )?(?:function|const|class|interface|type) (\w+)/;
    return lines.reduce((name, text) => pattern.exec(text)?.[1] ?? name, '');
  }
}
