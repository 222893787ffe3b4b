import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findPython } from '../world/python.ts';
import { type Assembly, readAssembly } from './assembly.ts';
import type { SettingsDocument } from './settings.ts';
import { startSynth } from './synth.ts';
import { thaw } from './thaw.ts';

export interface ReleaseOptions {
  /** The folder of a frozen release (`test/releases/<version>`); left out: what the source makes. */
  readonly release?: string;
  readonly settings: SettingsDocument;
  readonly account: string;
  /** Where the assembly goes; emptied first. */
  readonly directory: string;
}

/** A release on its way to being deployable. */
export interface ReleaseInMaking {
  /** The assembly, whose bundles are files until `stop`; an error when it cannot be made. */
  readonly done: Promise<Assembly>;
  /** Ends what still runs, and removes the files. */
  stop(): Promise<void>;
}

/** Begins to make a release's assembly with these settings: thaws a frozen one, synthesises the present one. */
export async function startRelease(options: ReleaseOptions): Promise<ReleaseInMaking> {
  const { release, settings, account, directory } = options;
  const forget = () => rm(directory, { recursive: true, force: true });
  if (release !== undefined) {
    await forget();
    return {
      done: thaw(release, settings, directory).then(() => readAssembly(directory, account)),
      stop: forget,
    };
  }
  const { executable: python } = await findPython(process.env);
  const synthesis = await startSynth({ python, settings, directory });
  return {
    done: synthesis.done.then(() => readAssembly(join(directory, 'assembly'), account)),
    stop: () => synthesis.stop().then(forget),
  };
}
