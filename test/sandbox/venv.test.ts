import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPython } from '../../sandbox/world/python.ts';
import { SandboxError } from '../../sandbox/world/say.ts';
import { prepareVenv } from '../../sandbox/world/venv.ts';

let directory: string;
let bin: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'solekey-venv-'));
  bin = join(directory, 'bin');
  await mkdir(bin);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** An executable that answers our question the way such a Python would. */
async function fakePython(name: string, answer: object): Promise<void> {
  const path = join(bin, name);
  await writeFile(path, `#!/bin/sh\necho '${JSON.stringify({ executable: path, ...answer })}'\n`);
  await chmod(path, 0o755);
}

const attempt = (env: Record<string, string>) =>
  prepareVenv({ directory: join(directory, 'sandbox'), env, say: () => undefined });

async function messageOf(attempted: Promise<unknown>): Promise<string> {
  const error: unknown = await attempted.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SandboxError);
  const { message } = error as SandboxError;
  expect(message).not.toContain('\n');
  return message;
}

describe('one line that says what to do', () => {
  it('when there is no Python at all', async () => {
    expect(await messageOf(attempt({ PATH: bin }))).toMatch(
      /needs Python 3\.10 or newer, and none was found: install/,
    );
  });

  it('when Python is too old', async () => {
    await fakePython('python3', { version: '3.8.18', enough: false, venv: true });
    expect(await messageOf(attempt({ PATH: bin }))).toMatch(
      /3\.10 or newer, and only Python 3\.8\.18 was found/,
    );
  });

  it('when Python lacks the module that makes virtual environments', async () => {
    await fakePython('python3.12', { version: '3.12.3', enough: true, venv: false });
    expect(await messageOf(attempt({ PATH: bin }))).toMatch(/3\.12\.3 .*sudo apt install python3-venv/);
  });

  it('when no package index answers', async () => {
    const { executable } = await findPython(process.env);
    const message = await messageOf(
      attempt({
        PATH: bin,
        PYTHON: executable,
        PIP_INDEX_URL: 'http://127.0.0.1:9/simple',
        PIP_RETRIES: '0',
        PIP_CONFIG_FILE: '/dev/null',
      }),
    );
    expect(message).toMatch(/No Python package index could be reached.*PIP_INDEX_URL/);
    expect(await readdir(join(directory, 'sandbox'))).toEqual([]);
  });
});

describe('the Python that is used', () => {
  it('is $PYTHON when it will do, else the newest name on the PATH', async () => {
    const good = { enough: true, venv: true };
    await fakePython('python3.11', { version: '3.11.9', ...good });
    await fakePython('python3.13', { version: '3.13.1', ...good });
    await fakePython('mine', { version: '3.10.4', ...good });
    await fakePython('old', { version: '3.9.1', enough: false, venv: true });
    const found = async (PYTHON?: string) =>
      (await findPython({ PATH: bin, ...(PYTHON ? { PYTHON: join(bin, PYTHON) } : {}) })).version;
    expect([await found(), await found('mine'), await found('old')]).toEqual(['3.13.1', '3.10.4', '3.13.1']);
  });
});

describe('two launchers at once', () => {
  it('end up with the same complete environment', async () => {
    const { executable } = await findPython(process.env);
    await symlink('/bin/sh', join(bin, 'sh'));
    const requirements = join(directory, 'none.txt');
    await writeFile(requirements, '# nothing\n');
    const prepare = () =>
      prepareVenv({
        directory: join(directory, 'sandbox'),
        env: { PATH: process.env.PATH, PYTHON: executable },
        say: () => undefined,
        requirements,
      });
    const [one, two] = await Promise.all([prepare(), prepare()]);
    expect(one).toBe(two);
    expect(await readdir(join(directory, 'sandbox'))).toHaveLength(1);
    expect(await prepare()).toBe(one);
  });
});
