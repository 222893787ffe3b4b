import { inWords } from './front/words.ts';
import { whileAlive } from './launch/alive.ts';
import { runToEnd } from './launch/ending.ts';
import { launchWorld } from './launch/launch.ts';
import { UNHURRIED_SETTINGS } from './launch/settings.ts';
import { Owners } from './story/owner.ts';
import { makeUsers } from './story/visitors.ts';
import { sayOnTerminal } from './world/say.ts';

/** AWS Config's schedule is in hours, but a reader of the page waits a minute at most. */
const RUN_RULE_EVERY_MS = 30_000;

/** `npm run sandbox`: keeps the story's world running, with the reader as approver. */
runToEnd(sayOnTerminal, async (say, remember) => {
  say('Solekey on an emulated AWS, on this machine only. Ctrl-C stops it.');
  const launched = await launchWorld({
    say,
    settings: UNHURRIED_SETTINGS,
    runRuleEveryMs: RUN_RULE_EVERY_MS,
  });
  remember(launched);
  const { pagesUrl, gatewayUrl, settings, clients, config, world } = launched;
  const names = await makeUsers(new Owners(clients, world.gateway.faults));
  for (const line of [
    '',
    `These users have more than one active key now: ${names.join(', ')}. You are the approver: open an inbox and decide.`,
    ...settings.approvers.map(
      ({ name, email }) => `  ${name}: ${pagesUrl}/inbox/to/${encodeURIComponent(email)}`,
    ),
    ...(config.rule === undefined ? [] : [`  AWS Config: ${pagesUrl}/config`]),
    'Choose which key to keep, watch the others being deactivated, reactivate them through the next mail, or let them be deleted.',
    `Times are short here: a key is inactive for ${inWords(String(settings.grace))} before it is deleted, and a new second key`,
    `counts as a rotation for ${inWords(String(settings.rotationWindow))}.`,
    'To do something in IAM yourself (any secret will do):',
    `  AWS_ENDPOINT_URL=${gatewayUrl} AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=administrator AWS_SECRET_ACCESS_KEY=any \\`,
    '    aws iam list-access-keys --user-name ci-deploy',
    'It runs until you press Ctrl-C.',
  ]) {
    say(line);
  }
  return whileAlive(launched, new Promise<never>(() => undefined));
});
