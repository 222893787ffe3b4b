/** `npm run verify`: checks that the records, or an evidence pack, are as Solekey wrote them. */
import { runVerify } from './run.ts';

// The operator cannot act on the SDK's warning about future Node versions.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
process.exitCode = await runVerify(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
});
