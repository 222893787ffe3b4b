import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { stopOnSignals } from '../../sandbox/world/processes.ts';
import { ADMIN, openWorld } from './world.ts';
import { zipOf } from './zip.ts';

/**
 * A launcher for processes.test.ts: opens a world with a running function in it, says where, and waits to be ended.
 * With the argument `orderly` it stops the world on signals, else it leaves everything to the guards.
 */
const world = await openWorld();
if (process.argv[2] === 'orderly') {
  stopOnSignals(() => world.stop());
}
const lambda = new LambdaClient({ region: world.region, endpoint: world.gateway.url, credentials: ADMIN });
await lambda.send(
  new CreateFunctionCommand({
    FunctionName: 'alive',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Role: `arn:aws:iam::${world.account}:role/alive-role`,
    Code: { ZipFile: zipOf('index.mjs', 'export const handler = async () => process.pid;') },
  }),
);
const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'alive' }));
const worker = Number(Buffer.from(Payload ?? []).toString());
process.stdout.write(`${JSON.stringify({ worker, ports: Object.values(world.ports) })}\n`);
setInterval(() => undefined, 60_000);
