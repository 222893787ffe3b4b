import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
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

/** These make a real environment first, which takes ten seconds and more on a busy machine. */
const VENV_MS = 90_000;

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

  it('when no package index answers', { timeout: VENV_MS }, async () => {
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
    expect(message).toMatch(/No Python package index could be reached.*PIP_INDEX_URL.*Connection refused/);
    expect(message).not.toMatch(/No matching distribution|object at 0x/);
    expect(await readdir(join(directory, 'sandbox'))).toEqual([]);
  });

  it('when the index answers, and has nothing for this Python', { timeout: VENV_MS }, async () => {
    const { executable, version } = await findPython(process.env);
    const index = createServer((_, answer) => {
      answer.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><html></html>');
    });
    await new Promise<void>((resolve) => index.listen(0, '127.0.0.1', resolve));
    const { port } = index.address() as AddressInfo;
    const message = await messageOf(
      attempt({
        PATH: bin,
        PYTHON: executable,
        PIP_INDEX_URL: `http://127.0.0.1:${port}/simple`,
        PIP_CONFIG_FILE: '/dev/null',
      }),
    ).finally(() => index.close());
    expect(message).toContain(`has no build of an AWS emulator for Python ${version} on `);
    expect(message).toMatch(/set PYTHON to another .*No matching distribution found/);
    expect(message).not.toMatch(/could be reached/);
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

/** A Python that makes its virtual environments slowly and empty, so that two builders are sure to overlap. */
async function slowPython(): Promise<string> {
  const { executable } = await findPython(process.env);
  const path = join(bin, 'slow');
  const answer = JSON.stringify({ executable: path, version: '3.12.0', enough: true, venv: true });
  const script = `#!/bin/sh
case "$2 $3" in
  "-c "*) echo '${answer}' ;;
  "-m venv") mkdir -p "$4/bin" && sleep 0.3 && cp "$0" "$4/bin/python" && echo built >> '${bin}/built' ;;
  "-m pip") sleep 0.3 ;;
  *) exec '${executable}' "$@" ;;
esac
`;
  await writeFile(path, script);
  await chmod(path, 0o755);
  return path;
}

describe('two launchers at once', () => {
  it('end up with the same complete environment, which the next one uses again', async () => {
    const env = { PATH: '/usr/bin:/bin', PYTHON: await slowPython() };
    const [one, two] = await Promise.all([attempt(env), attempt(env)]);
    expect(one).toBe(two);
    expect(await attempt(env)).toBe(one);
    expect(await readFile(join(bin, 'built'), 'utf8')).toBe('built\nbuilt\n');
    expect(await readdir(join(directory, 'sandbox'))).toHaveLength(1);
  });

  it('leave nothing of a launcher that died half-way', async () => {
    const env = { PATH: '/usr/bin:/bin', PYTHON: await slowPython() };
    const name = basename(dirname(dirname(await attempt(env))));
    await rm(join(directory, 'sandbox'), { recursive: true });
    await mkdir(join(directory, 'sandbox', `${name}.999999999.abcd`), { recursive: true });
    await attempt(env);
    expect(await readdir(join(directory, 'sandbox'))).toEqual([name]);
  });
});
