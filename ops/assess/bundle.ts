/** `npm run bundle:assess`: the assessment as one file, which runs with plain `node`, for example in AWS CloudShell. */
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Where the file goes unless the command says otherwise. */
const DEFAULT_FILE = '.assessment/assess.mjs';

/** Some packages of the SDK are CommonJS and call `require`, which an ES module does not have. */
const BANNER = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** Writes the file and returns its size in bytes. */
export async function bundleAssess(file: string): Promise<number> {
  await build({
    entryPoints: [fileURLToPath(new URL('main.ts', import.meta.url))],
    outfile: file,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: BANNER },
    logLevel: 'warning',
  });
  return statSync(file).size;
}

if (process.argv[1]?.endsWith('bundle.ts')) {
  const [, , file = DEFAULT_FILE] = process.argv;
  const bytes = await bundleAssess(file);
  process.stdout.write(`${file}: ${(bytes / 1024 / 1024).toFixed(1)} MB. Run it with: node ${file} --help\n`);
}
