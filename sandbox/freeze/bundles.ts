import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { type Assembly, bundleOf, functionsOf, readAssembly } from '../launch/assembly.ts';
import { encodedSettings } from '../launch/thaw.ts';

/** The functions' bundled code by handler, and its place in the assembly. */
export interface Bundles {
  readonly code: Readonly<Record<string, string>>;
  /** Name of the asset's directory in the assembly. */
  readonly paths: Readonly<Record<string, string>>;
  /** The settings in the bundles: complete, with every default. */
  readonly settings: object;
}

/** Matches the base64 of any settings document. */
const SHIPPED = /"(eyJ[A-Za-z0-9+/]{400,}={0,2})"/;

/** Reads the bundles of all functions of a synthesised assembly. */
export async function readBundles(
  directory: string,
  account: string,
): Promise<Bundles & { readonly assembly: Assembly }> {
  const assembly = await readAssembly(directory, account);
  const code: Record<string, string> = {};
  const paths: Record<string, string> = {};
  for (const handler of functionsOf(assembly.template).keys()) {
    const path = bundleOf(assembly, handler);
    code[handler] = await readFile(join(path, 'index.mjs'), 'utf8');
    paths[handler] = path.slice(directory.length + 1);
  }
  const [, shipped = ''] = SHIPPED.exec(code.reconcile ?? '') ?? [];
  return {
    assembly,
    code,
    paths,
    settings: JSON.parse(Buffer.from(shipped, 'base64').toString('utf8')) as object,
  };
}

/**
 * Throws if two bundles of the same source differ in more than their settings. Bundles are frozen only once, so
 * otherwise the frozen ones could not be deployed on the sandbox.
 */
export function mustDifferInSettingsOnly(shipped: Bundles, sandbox: Bundles): void {
  for (const [handler, code] of Object.entries(shipped.code)) {
    const made = code.replace(encodedSettings(shipped.settings), encodedSettings(sandbox.settings));
    if (made !== sandbox.code[handler]) {
      throw new Error(`the bundle of ${handler} differs in more than its settings: freeze both`);
    }
  }
}

/** All bundles in one archive. Most of each is the same libraries, so single archives would take twice the space. */
export function packed({ code }: Bundles): Buffer {
  const text = Buffer.from(JSON.stringify(code), 'utf8');
  return brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  });
}
