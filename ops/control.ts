/** `npm run control`: the operator's commands. `ops/control/` has one file for each. */
import { run } from './control/run.ts';
import { DOORS } from './control-doors.ts';

// The operator cannot act on the SDK's warning about future Node versions.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
process.exitCode = await run(
  process.argv.slice(2),
  {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
  },
  DOORS,
);
