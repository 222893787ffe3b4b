/** The checks of a deployed stack that the commands themselves can make. */
import { controlFinding, ledgerFindings } from '../../functions/core/model/ledger.ts';
import { CONTROL_FINDING } from '../../functions/core/words/control-finding.ts';
import { approverIds } from './approvers.ts';
import { broken, type CheckResult, checked, fine } from './doctor.ts';
import { LETTER_QUEUES, LETTERS } from './letters.ts';
import type { SubscriptionState, World } from './world.ts';

/** The fault of a mail address in each state; null if nothing is wrong. */
const MAIL: Readonly<Record<SubscriptionState, string | null>> = {
  confirmed: null,
  unprotected: 'confirmed with a click: anybody who has one of its mails can unsubscribe it',
  'other-filter': 'subscribed with another filter than the template says',
  pending: 'not confirmed: SNS silently drops its mail',
  missing: 'not subscribed: it gets no mail',
};

const BY_HAND =
  '; it is not the one that CloudFormation made: see resubscribe in docs/control.md before you change its filter';

export async function ownChecks(world: World): Promise<CheckResult[]> {
  return [
    await controlItem(world),
    await somebody(world),
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

async function addresses(world: World): Promise<CheckResult[]> {
  const read = await checked('mail', null, async () =>
    fine((await world.parts.subscribers()).map(({ address }) => address).join(', ')),
  );
  if (read.outcome !== 'fine') {
    return [read];
  }
  const results: CheckResult[] = [];
  for (const subscriber of await world.parts.subscribers()) {
    const [id = ''] = subscriber.ids;
    results.push(
      await checked(`mail to ${subscriber.address}`, null, async () => {
        const { state, arn } = await world.subscriptions.of(subscriber);
        const wrong = MAIL[state];
        const byHand = arn !== null && subscriber.made !== null && arn !== subscriber.made;
        return wrong === null
          ? fine(`confirmed and protected${byHand ? BY_HAND : ''}`)
          : broken(`${wrong}: npm run control -- resubscribe ${id}`);
      }),
    );
  }
  return results;
}

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
