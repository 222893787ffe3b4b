import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startGuarded } from './processes.ts';
import { findPython, type Python } from './python.ts';
import { SandboxError, type Say } from './say.ts';

const REQUIREMENTS = fileURLToPath(new URL('../python/requirements.txt', import.meta.url));
const SAY_AFTER_MS = 2_000;

/**
 * Errors that pip prints when a connection fails. The first line that matches names the cause; the last one hides it.
 */
const UNREACHABLE =
  /NewConnectionError|Connection refused|ConnectTimeout|ReadTimeout|Max retries|ProxyError|SSLError|CERTIFICATE_VERIFY|Name or service not known|nodename nor servname|Temporary failure in name|Network is unreachable/;

/**
 * Errors that pip prints when the index answers but has no suitable package: other versions only, or for other
 * Pythons.
 */
const NOTHING_FITS = /Could not find a version|No matching distribution/;

export interface VenvOptions {
  /** The directory of all virtual environments, e.g. `.sandbox`. */
  readonly directory: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly say: Say;
  readonly requirements?: string;
}

/** The Python of a complete virtual environment, which is built if it does not exist yet. */
export async function prepareVenv(options: VenvOptions): Promise<string> {
  const python = await findPython(options.env);
  const requirements = options.requirements ?? REQUIREMENTS;
  const recipe = [await readFile(requirements, 'utf8'), python.version, python.executable, process.arch].join(
    '\n',
  );
  const name = `venv-${createHash('sha256').update(recipe).digest('hex').slice(0, 12)}`;
  const finished = join(options.directory, name);
  if (await isComplete(finished)) {
    return pythonIn(finished);
  }
  await mkdir(options.directory, { recursive: true });
  await removeAbandoned(options.directory, name);
  // Built under another name and renamed when complete, so a directory with the final name is always whole: a
  // launcher that dies half-way leaves nothing in the way, and of two that build concurrently the later one uses the
  // first one's.
  const building = join(options.directory, `${name}.${process.pid}.${randomUUID().slice(0, 8)}`);
  const timer = setTimeout(
    () => options.say('Installing the AWS emulators for Python (once, about half a minute) …'),
    SAY_AFTER_MS,
  );
  try {
    await build(python, building, requirements, options.env);
    await rename(building, finished).catch(async (error: unknown) => {
      if (!(await isComplete(finished))) {
        throw error;
      }
    });
  } finally {
    clearTimeout(timer);
    await rm(building, { recursive: true, force: true });
  }
  return pythonIn(finished);
}

const pythonIn = (venv: string) => join(venv, 'bin', 'python');

/**
 * True if the environment exists and its Python still does: `access` follows the symbolic link. Removes it otherwise.
 */
async function isComplete(venv: string): Promise<boolean> {
  return access(pythonIn(venv)).then(
    () => true,
    () => rm(venv, { recursive: true, force: true }).then(() => false),
  );
}

/** Removes half-built directories of launchers that no longer run. */
async function removeAbandoned(directory: string, name: string): Promise<void> {
  for (const entry of await readdir(directory)) {
    const builder = entry.startsWith(`${name}.`) ? Number(entry.split('.')[1]) : undefined;
    if (builder !== undefined && !isAlive(builder)) {
      await rm(join(directory, entry), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function build(
  python: Python,
  venv: string,
  requirements: string,
  host: VenvOptions['env'],
): Promise<void> {
  // The reader's pip settings choose where packages come from, but must not change where they are installed.
  const env = { ...host, PIP_USER: '0', PIP_TARGET: undefined, PIP_PREFIX: undefined, PIP_ROOT: undefined };
  const run = async (command: readonly string[]) => {
    let said = '';
    const add = (text: string) => {
      said += text;
    };
    const child = startGuarded({ python: python.executable, name: 'pip', command, env, output: add });
    return { code: await child.ended, said };
  };
  const made = await run([python.executable, '-I', '-m', 'venv', venv]);
  if (made.code !== 0) {
    throw new SandboxError(
      `Python ${python.version} could not make a virtual environment (Debian and Ubuntu: sudo apt install python3-venv): ` +
        lastLine(made.said),
    );
  }
  const pip = [
    pythonIn(venv),
    '-I',
    '-m',
    'pip',
    '--disable-pip-version-check',
    'install',
    '--require-hashes',
  ];
  const flags = ['--only-binary=:all:', '--no-input', '--quiet', '--retries', '2', '-r', requirements];
  const installed = await run([...pip, ...flags]);
  if (installed.code === 0) {
    return;
  }
  throw new SandboxError(whyNot(installed.said, python));
}

/** Turns pip's output into one line that says what to do. */
function whyNot(said: string, { version }: Python): string {
  const broken = said.split('\n').find((line) => UNREACHABLE.test(line));
  if (broken !== undefined) {
    return (
      'No Python package index could be reached, and the sandbox installs its AWS emulators from one: check the network, ' +
      `or point pip at your mirror (PIP_INDEX_URL or pip.conf). pip said: ${causeIn(broken)}`
    );
  }
  if (NOTHING_FITS.test(said)) {
    return (
      `The Python package index has no build of an AWS emulator for Python ${version} on ${process.platform} ` +
      `${process.arch}: set PYTHON to another Python from 3.10 to 3.14, or pip to an index that is complete ` +
      `(PIP_INDEX_URL or pip.conf). pip said: ${lastLine(said)}`
    );
  }
  return `pip could not install the AWS emulators: ${lastLine(said)}`;
}

/** A line of pip's output without retry counts and memory addresses. */
function causeIn(line: string): string {
  return line
    .trim()
    .replace(/^WARNING: Retrying \(.*?\)\) after /, '')
    .replaceAll(/<[^<>]* object at 0x[0-9a-f]+>: /g, '');
}

function lastLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const errors = lines.filter((line) => line.startsWith('ERROR'));
  return errors.at(-1) ?? lines.filter((line) => line !== '').at(-1) ?? 'nothing';
}
