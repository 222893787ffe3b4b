/**
 * The imports allowed to each room (folder), lowest level first: a room may import from itself and from the rooms and
 * packages on its line. `npm run rooms` generates the linter's rules from this table (house/lint.json); test/lint
 * checks those rules and every import in the repository against it. The core imports nothing from outside (law 5). Of the functions' code, infra imports only two
 * files: the schema of the settings, and the names that a deployment and the functions must spell alike.
 */
// biome-ignore format: one line a room
export const ROOMS = {
  'functions/core/model': [],
  'functions/core/case': ['functions/core/model'],
  'functions/core/channel': ['functions/core/model', 'functions/core/case'],
  'functions/core/usage': ['functions/core/model'],
  'functions/core/inventory': ['functions/core/model', 'functions/core/usage'],
  'functions/core/proposal': ['functions/core/model', 'functions/core/case', 'functions/core/usage', 'functions/core/inventory'],
  'functions/core/judge': ['functions/core/model', 'functions/core/case', 'functions/core/proposal'],
  'functions/core/page': ['functions/core/model', 'functions/core/case', 'functions/core/proposal'],
  'functions/core/words': ['functions/core/model', 'functions/core/case', 'functions/core/proposal', 'functions/core/usage', 'functions/core/inventory'],
  'functions/core/signoff': ['functions/core/model', 'functions/core/case', 'functions/core/words'],
  'functions/core/messages': ['functions/core/model', 'functions/core/case', 'functions/core/proposal', 'functions/core/usage', 'functions/core/words', 'functions/core/channel', 'functions/core/signoff'],
  'functions/core/health': ['functions/core/model', 'functions/core/case', 'functions/core/words'],
  'functions/core/records': ['functions/core/model', 'functions/core/case', 'functions/core/inventory', 'functions/core/words', 'functions/core/signoff'],
  'functions/core/validation': ['functions/core/model', 'functions/core/case', 'functions/core/usage', 'functions/core/inventory', 'functions/core/proposal', 'functions/core/words', 'functions/core/records', 'functions/core/signoff'],
  'functions/core/verify': ['functions/core/model', 'functions/core/case', 'functions/core/words', 'functions/core/records'],
  'functions/core/config': ['functions/core/model', 'functions/core/case', 'functions/core/proposal', 'functions/core/words', 'functions/core/inventory', 'functions/core/health'],
  'functions/core/assess': ['functions/core/model', 'functions/core/proposal', 'functions/core/words', 'functions/core/config', 'functions/core/usage', 'functions/core/inventory'],
  'functions/app': ['functions/core'],
  'functions/app/approve': ['functions/core', 'functions/app'],
  'functions/app/health': ['functions/core', 'functions/app'],
  'functions/app/reconcile': ['functions/core', 'functions/app'],
  'functions/app/records': ['functions/core', 'functions/app'],
  'functions/app/survey': ['functions/core', 'functions/app'],
  'functions/contracts': ['functions/core', 'zod'],
  'functions/web': ['functions/core', 'functions/app', 'functions/app/approve', 'functions/contracts', 'hono', 'node:crypto'],
  'functions/adapters': ['functions/core', 'functions/app', 'functions/contracts', '@aws-sdk/*', '@aws-lambda-powertools/*', 'aws-lambda', 'csv-parse', 'csv-stringify', 'yazl', 'node:crypto'],
  'functions/handlers': ['functions/core', 'functions/app', 'functions/app/health', 'functions/app/reconcile', 'functions/app/records', 'functions/app/survey', 'functions/contracts', 'functions/web', 'functions/adapters', '@aws-sdk/*', '@aws-lambda-powertools/*', 'aws-lambda', 'hono', 'node:*'],
  house: ['node:*'],
  infra: ['functions/contracts/settings.ts', 'functions/contracts/fixed-names.ts', 'aws-cdk-lib', 'constructs', 'cdk-nag', 'node:*'],
  'ops/control': ['functions/core', 'functions/contracts', 'functions/app', 'functions/adapters', 'zod'],
  'ops/control/aws': ['functions/core', 'functions/contracts', 'functions/app', 'functions/adapters', 'ops/control', 'zod', '@aws-sdk/*'],
  ops: ['functions/core', 'functions/contracts', 'functions/adapters', 'ops/control', 'ops/control/aws', '@aws-sdk/*', 'esbuild', 'node:*'],
  'ops/assess': ['functions/core', 'functions/contracts', 'functions/app', 'functions/app/survey', 'functions/adapters', 'zod', 'hono', 'esbuild', '@aws-sdk/*', 'node:*'],
  'ops/verify': ['functions/core', 'functions/contracts', 'functions/adapters', 'ops/control', 'ops/control/aws', 'zod', 'yauzl', '@aws-sdk/*', 'node:*'],
  'docs/pictures': ['functions/core', 'functions/contracts', 'functions/web', 'functions/adapters/settings.ts', 'ops/assess/page.ts', 'ops/assess/terms.ts', 'playwright-core', 'node:*'],
  sandbox: ['@aws-sdk/*', '@cloud-copilot/*', 'zod', 'node:*'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
