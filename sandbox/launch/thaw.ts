import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { SandboxError } from '../world/say.ts';
import type { Template } from './assembly.ts';
import type { SettingsDocument } from './settings.ts';

/** The address of the pages in a frozen sandbox assembly. Each launch replaces it by its own. */
export const FROZEN_URL = 'http://127.0.0.1:1';

/** The parts of a frozen sandbox assembly besides the bundles. */
export interface FrozenAssembly {
  readonly manifest: unknown;
  readonly assets: unknown;
  readonly template: Template;
  /** The bundle's path in the asset manifest, by the name of the handler. */
  readonly paths: Readonly<Record<string, string>>;
}

/**
 * Settings that are also part of the template. They cannot be changed, or it would not be the frozen release any
 * more.
 */
const IN_TEMPLATE = ['region', 'mode', 'approvers', 'exclude'];
const IN_RULE = ['rule', 'every'];

const readJson = async <Content>(...path: string[]): Promise<Content> =>
  JSON.parse(await readFile(join(...path), 'utf8')) as Content;

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The part of a setting that the template has: how approvers appear in CloudTrail is read by functions alone. */
const inTemplate = (settings: SettingsDocument, name: string): unknown =>
  name === 'approvers'
    ? settings.approvers.map(({ id, name: called, email, mail = 'all' }) => ({ id, called, email, mail }))
    : settings[name];

/** The settings of the view in AWS Config. */
const view = ({ config }: SettingsDocument) => (config ?? {}) as Readonly<Record<string, unknown>>;

/** The settings in the form in which a bundle contains them. */
export function encodedSettings(settings: object): string {
  return Buffer.from(JSON.stringify(settings), 'utf8').toString('base64');
}

/** The bundles of a frozen release by handler, with the default settings. */
export async function frozenBundles(release: string): Promise<Readonly<Record<string, string>>> {
  const packed = await readFile(join(release, 'bundles', 'bundles.json.br'));
  return JSON.parse((await promisify(brotliDecompress)(packed)).toString('utf8')) as Record<string, string>;
}

/**
 * Builds the cloud assembly of a frozen release for the sandbox, without any of its source. `settings` may change
 * what functions read at run time (times, limits, the public URL). Throws if it changes a setting that the template
 * was made from.
 */
export async function thaw(release: string, settings: SettingsDocument, directory: string): Promise<void> {
  const sandbox = join(release, 'sandbox');
  const frozen = await readJson<SettingsDocument>(sandbox, 'settings.json');
  const wanted: SettingsDocument = { ...frozen, ...settings, config: { ...view(frozen), ...view(settings) } };
  const other = [
    ...IN_TEMPLATE.filter((name) => !isSame(inTemplate(wanted, name), inTemplate(frozen, name))),
    ...IN_RULE.filter((name) => !isSame(view(wanted)[name], view(frozen)[name])).map(
      (name) => `config.${name}`,
    ),
  ];
  if (other.length > 0) {
    throw new SandboxError(`The release in ${release} was frozen with other settings: ${other.join(', ')}.`);
  }
  const { manifest, assets, template, paths } = await readJson<FrozenAssembly>(sandbox, 'assembly.json');
  const shipped = encodedSettings(await readJson<object>(release, 'settings.json'));
  let texts = [
    JSON.stringify(assets),
    JSON.stringify(template).replaceAll(FROZEN_URL, String(settings.publicUrl)),
  ];
  for (const [handler, frozenCode] of Object.entries(await frozenBundles(release))) {
    const code = frozenCode.replace(shipped, encodedSettings(wanted));
    // Named by their content, as the CDK names them: a deployment over this release with other settings must differ.
    const [, name = ''] = /^asset\.(\w+)$/.exec(paths[handler] ?? '') ?? [];
    const hash = createHash('sha256').update(code).digest('hex');
    texts = texts.map((text) => text.replaceAll(name, hash));
    const path = join(directory, `asset.${hash}`);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'index.mjs'), code);
  }
  const [assetsText = '', templateText = ''] = texts;
  await writeFile(join(directory, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(directory, 'Solekey.assets.json'), assetsText);
  await writeFile(join(directory, 'Solekey.template.json'), templateText);
}
