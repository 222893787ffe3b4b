import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SettingsDocument } from '../launch/settings.ts';
import { startSynth } from '../launch/synth.ts';
import { FROZEN_URL, type FrozenAssembly } from '../launch/thaw.ts';
import { STORY_SETTINGS } from '../story/settings.ts';
import { findPython } from '../world/python.ts';
import { mustDifferInSettingsOnly, packed, readBundles } from './bundles.ts';
import type { Folder } from './write.ts';

const ACCOUNT = '123456789012';

/**
 * Synthesises what would be deployed, once with the settings of the example and once with the story's, and freezes both.
 */
export async function freezeCode(folder: Folder, directory: string): Promise<void> {
  const shipped = await synthesised(join(directory, 'shipped'));
  const sandbox = await synthesised(join(directory, 'sandbox'), { ...STORY_SETTINGS, publicUrl: FROZEN_URL });
  mustDifferInSettingsOnly(shipped, sandbox);
  folder.json('template.json', shipped.assembly.template);
  folder.json('settings.json', shipped.settings);
  folder.put('bundles/bundles.json.br', packed(shipped));
  folder.json('sandbox/settings.json', sandbox.settings);
  folder.json('sandbox/assembly.json', sandbox.frozen);
}

async function synthesised(directory: string, settings?: SettingsDocument) {
  const { executable: python } = await findPython(process.env);
  const synthesis = await startSynth({ python, directory, ...(settings ? { settings } : {}) });
  await synthesis.done;
  const assembly = join(directory, 'assembly');
  const read = (file: string): unknown => JSON.parse(readFileSync(join(assembly, file), 'utf8'));
  const bundles = await readBundles(assembly, ACCOUNT);
  const manifest = read('manifest.json') as { readonly artifacts: Record<string, { readonly type: string }> };
  const artifacts = Object.entries(manifest.artifacts).filter(([, { type }]) =>
    /asset-manifest|stack$/.test(type),
  );
  const frozen: FrozenAssembly = {
    manifest: { artifacts: Object.fromEntries(artifacts) },
    assets: read('Solekey.assets.json'),
    template: bundles.assembly.template,
    paths: bundles.paths,
  };
  return { ...bundles, frozen };
}
