import { execFile } from 'node:child_process';
import { SandboxError } from './say.ts';

/** A Python that the sandbox can use. */
export interface Python {
  readonly executable: string;
  readonly version: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Newest first: the names under which systems install the versions that our pinned packages support. */
const NAMES = ['python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3', 'python'];

/** A script that prints path and version, and whether the Python can create a virtual environment with pip. */
const QUESTION = `
import importlib.util, json, platform, sys
print(json.dumps({
  "executable": sys.executable,
  "version": "%d.%d.%d" % sys.version_info[:3],
  "enough": sys.version_info >= (3, 10),
  "venv": all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")),
}))`;

interface Answer extends Python {
  readonly enough: boolean;
  readonly venv: boolean;
}

function ask(name: string, env: Environment): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    execFile(name, ['-I', '-c', QUESTION], { env, timeout: 15_000 }, (error, stdout) => {
      try {
        resolve(error ? undefined : (JSON.parse(stdout) as Answer));
      } catch {
        resolve(undefined); // something called python that is not Python
      }
    });
  });
}

/**
 * Finds a suitable Python: $PYTHON if it is one, else the newest supported one on the PATH. Throws if there is none.
 */
export async function findPython(env: Environment): Promise<Python> {
  const names = env.PYTHON ? [env.PYTHON, ...NAMES] : NAMES;
  let withoutVenv: Answer | undefined;
  let tooOld: Answer | undefined;
  for (const name of names) {
    const answer = await ask(name, env);
    if (answer?.enough && answer.venv) {
      return { executable: answer.executable, version: answer.version };
    }
    if (answer?.enough) {
      withoutVenv ??= answer;
    } else if (answer) {
      tooOld ??= answer;
    }
  }
  if (withoutVenv) {
    throw new SandboxError(
      `Python ${withoutVenv.version} (${withoutVenv.executable}) cannot make virtual environments: install its venv module ` +
        '(Debian and Ubuntu: sudo apt install python3-venv), or set PYTHON to another Python 3.10 or newer.',
    );
  }
  const found = tooOld ? `only Python ${tooOld.version} was found` : 'none was found';
  throw new SandboxError(
    `The sandbox needs Python 3.10 or newer, and ${found}: install one (Debian and Ubuntu: sudo apt install python3 ` +
      'python3-venv; macOS: brew install python), or set PYTHON to its path.',
  );
}
