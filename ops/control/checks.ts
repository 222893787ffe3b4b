/** The checks of a deployed stack that the commands themselves can make. */
import { controlFinding, ledgerFindings } from '../../functions/core/model/ledger.ts';
import { CONTROL_FINDING } from '../../functions/core/words/control-finding.ts';
import { isForgotten, toAdopt } from './adopt.ts';
import { approverIds, reserveIds, uncheckedIds } from './approvers.ts';
import { broken, type CheckResult, checked, fine } from './doctor.ts';
import { LETTER_QUEUES, LETTERS } from './letters.ts';
import type { Subscriber, SubscriptionState, World } from './world.ts';

/** The fault of a mail address in each state; null if nothing is wrong. */
const MAIL: Readonly<Record<SubscriptionState, string | null>> = {
  confirmed: null,
  unprotected: 'confirmed with a click: anybody who has one of its mails can unsubscribe it',
  'former-filter': 'it has the filter of a release before 0.6.0',
  'other-filter': "subscribed with a filter that is not Solekey's",
  pending: 'not confirmed: SNS silently drops its mail',
  missing: 'not subscribed: it gets no mail',
};

export async function ownChecks(world: World): Promise<CheckResult[]> {
  return [
    await controlItem(world),
    await somebody(world),
    ...decidersNoted(world),
    ...(await addresses(world)),
    ...(await letters(world)),
  ];
}

function controlItem({ control }: World): Promise<CheckResult> {
  return checked('control item', null, async () => {
    const { content, entries } = await control.ledger();
    const finding = controlFinding(content, entries.at(-1) ?? null);
    if (finding !== null) {
      return broken(CONTROL_FINDING[finding]);
    }
    return ledgerFindings(entries).length === 0
      ? fine('it is as the ledger says')
      : broken('entries of the ledger are missing, or are not as they were written');
  });
}

function somebody({ control, deployed }: World): Promise<CheckResult> {
  return checked('approvers', null, async () => {
    const { revoked } = await control.read();
    const left = (approverIds(deployed) ?? []).filter((id) => !revoked.includes(id));
    return left.length === 0
      ? broken('nobody can decide: every approver is revoked')
      : fine(`${left.join(', ')} can decide`);
  });
}

/** Lines that are no fault: the settings are valid, and everything else works. */
function decidersNoted({ deployed }: World): CheckResult[] {
  const noted = (name: string, ids: readonly string[], says: string) =>
    ids.length === 0
      ? []
      : [
          {
            name,
            ...fine(`${ids.join(', ')}: ${says} (see "Who decides" in docs/settings.md)`),
            runbook: null,
          },
        ];
  return [
    ...noted('own keys', uncheckedIds(deployed), 'not checked'),
    ...noted('in reserve', reserveIds(deployed), 'asked only while nobody else can be'),
  ];
}

async function addresses(world: World): Promise<CheckResult[]> {
  const read = await checked('mail', null, async () =>
    fine((await world.parts.subscribers()).map(({ address }) => address).join(', ')),
  );
  if (read.outcome !== 'fine') {
    return [read];
  }
  const results: CheckResult[] = [];
  const subscribers = await world.parts.subscribers();
  for (const subscriber of subscribers) {
    results.push(await checked(`mail to ${subscriber.address}`, null, () => address(world, subscriber)));
  }
  const subscribed = subscribers.flatMap(({ ids }) => ids);
  const left = (approverIds(world.deployed) ?? []).filter((id) => !subscribed.includes(id));
  return [
    ...results,
    ...left.map((id) => ({ name: `mail to ${id}`, ...broken(NOT_IN_TEMPLATE), runbook: null })),
  ];
}

const NOT_IN_TEMPLATE = 'the deployed template has no mail subscription for this approver: npx cdk deploy';

/** The state of an address, and if the next change of its filter would make a deployment fail. */
async function address(world: World, subscriber: Subscriber) {
  const [id = ''] = subscriber.ids;
  const { state, arn } = await world.subscriptions.of(subscriber);
  const forgotten = await isForgotten(world, subscriber);
  // Before an upgrade from such a release it is as deployed, and the upgrade changes it.
  const asDeployed = state === 'former-filter' && subscriber.filter === 'former' && arn === subscriber.made;
  const wrong = asDeployed ? null : MAIL[state];
  const says = [
    ...(wrong === null ? [] : [`${wrong}: npm run control -- resubscribe ${id}`]),
    ...(forgotten ? [`${FORGOTTEN}: ${toAdopt(id)}`] : []),
  ];
  return says.length === 0 ? fine('confirmed and protected') : broken(says.join('; '));
}

const FORGOTTEN =
  'the subscription that CloudFormation made is gone, so a deployment that changes its filter fails';

async function letters({ parts, queues }: World): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const name of LETTER_QUEUES) {
    const { logicalId, alarm } = LETTERS[name];
    results.push(
      await checked(`dead letters ${name}`, alarm, async () => {
        const url = await parts.queue(logicalId);
        const count = url === null ? 0 : await queues.depth(url);
        return count === 0 ? fine('none') : broken(`${count}: npm run control -- redrive ${name} --dry-run`);
      }),
    );
  }
  return results;
}
