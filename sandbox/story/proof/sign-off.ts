import type { Launched } from '../../launch/launch.ts';
import { SUBJECT } from '../mails.ts';
import { readControl } from '../operator.ts';
import { formWith, openPage, type Page, says, send, textOf } from '../page.ts';
import type { OldCase } from '../review/cast.ts';
import { runSurvey } from '../review/survey.ts';
import type { Steps } from '../steps.ts';
import { readTruth } from '../truth.ts';
import { dotted, PATIENCE_MS } from '../watched-user.ts';
import { agreesWithIam, runRecords } from './play.ts';
import { chooseVerdict, entryOf, recordConcern, settle, signOff } from './statement.ts';

/** The approver who signs off, and the one who has a concern. */
const [SIGNER, WORRIED] = ['sec-lead', 'platform-lead'] as const;

const DAY_MS = 86_400_000;

/**
 * Approvers are asked to sign off. One records a concern about a key in its grace period and has it reactivated, and an owner deactivates a
 * key, so two users have changed since the validation: the page says so, the other approver accepts with that concern, the next
 * validation shows both, and an answer to the report before is refused. At last somebody says what was done about the concern.
 */
export async function signsOff(
  launched: Launched,
  steps: Steps,
  { missed, tidied }: { readonly missed: OldCase; readonly tidied: OldCase },
): Promise<void> {
  await runSurvey(launched);
  const theirs = await asked(launched, WORRIED);
  const mine = await asked(launched, SIGNER);
  steps.add(`sign-off: mail to every approver: "${mine.subject}"`);
  await agreesInNumbers(launched, steps, mine.page);
  await worries(theirs.page, steps, missed);
  await tidies(tidied);
  await runRecords(launched);
  const report = await openPage(mine.page.url);
  const names = `${missed.userName} and ${tidied.userName}`;
  const changed = `2 users have changed after this report was made: ${names}.`;
  const open = says(report, '1 concern is open.') && says(report, changed);
  steps.add(`sign-off: the page says that 1 concern is open, and "${changed}"`, open);
  await accepts(launched, report, steps);
  await runRecords(launched);
  await runSurvey(launched);
  await runRecords(launched);
  await agreesWithIam(launched, steps);
  const late = await chooseVerdict(report, 'accepted-with-concerns');
  const refused =
    late.status === 409 && says(late, 'Not recorded: the report has changed since this page was shown');
  steps.add('sign-off: an answer to the report before is refused', refused);
  await settles(launched, mine.page, steps);
}

interface Asked {
  readonly page: Page;
  readonly subject: string;
}

/** Waits until an approver is asked, and opens the report. */
async function asked({ inbox, settings }: Launched, by: string): Promise<Asked> {
  const { email = '', name = '' } = settings.approvers.find(({ id }) => id === by) ?? {};
  const mail = await inbox.waitFor({ recipient: email, subject: SUBJECT.signOff }, PATIENCE_MS);
  const page = await openPage(mail.link ?? '');
  if (page.status !== 200 || !page.html.includes(`You are ${name}`)) {
    throw new Error(`the link in "${mail.subject}" leads to: ${textOf(page)}`);
  }
  return { page, subject: mail.subject };
}

/** The headline of the report must be what IAM has. */
async function agreesInNumbers({ world }: Launched, steps: Steps, report: Page): Promise<void> {
  const truth = await readTruth(world.emulators.motoUrl);
  const several = [...truth.values()].filter(
    ({ keys }) => keys.filter(({ status }) => status === 'Active').length > 1,
  );
  const headline = `${several.length} users have more than one active key`;
  steps.add(`sign-off: the report says "${headline}", as IAM does`, says(report, headline));
}

/** A key is missed: that is recorded, and the key is reactivated through the link for its user. */
async function worries(report: Page, steps: Steps, { userName, scene, off }: OldCase): Promise<void> {
  const userId = scene.told.userId ?? '';
  const outcome = await recordConcern(report, userId, {
    key: off.slice(-4),
    impact: 'The nightly import of the old billing system fails.',
    remediation: 'The import moves to a role of its own.',
    owner: 'Data team',
    target: new Date(Date.now() + 14 * DAY_MS).toISOString().slice(0, 10),
    ticket: 'DATA-1042',
  });
  const entry = await entryOf(outcome);
  steps.add(`concern: ${WORRIED} recorded one about ${userName}, entry ${entry} of the ledger`);
  const page = await openPage(`${report.url}?concern=${userId}`);
  const mailed = await send(page, formWith(page, 'mail'), {});
  if (!says(mailed, 'The link is being mailed')) {
    throw new Error(`the link should be mailed: ${textOf(mailed)}`);
  }
  await scene.reactivates(WORRIED, await scene.opens(WORRIED, 'ownLink'), [off]);
  await scene.isActive(off);
  // The mail is written with the entry of the history that says so.
  await scene.isTold(WORRIED, 'restored');
}

/** The owner of a user whose key was reactivated earlier settles the case. */
async function tidies({ scene, userName, off }: OldCase): Promise<void> {
  const what = `the owner deactivated ${dotted(off)} by hand`;
  await scene.meanwhile(what, (owners) => owners.switchOff(userName, off));
  await scene.ends(SIGNER);
}

async function accepts({ settings }: Launched, report: Page, steps: Steps): Promise<void> {
  const checked = await chooseVerdict(report, 'accepted-with-concerns');
  const wrong = await signOff(checked, 'another account', 'Reviewed with the data team.');
  const kept = wrong.status === 422 && wrong.html.includes('Reviewed with the data team.');
  steps.add('sign-off: without the name of the account it is not recorded, and the comment is kept', kept);
  const entry = await entryOf(await signOff(wrong, String(settings.accountName)));
  steps.add(`sign-off: ${SIGNER} accepted the changes with the open concern, entry ${entry} of the ledger`);
}

async function settles(launched: Launched, { url }: Page, steps: Steps): Promise<void> {
  const report = await openPage(url);
  const entry = await entryOf(await settle(report, 'The import has its own role since today.'));
  await runRecords(launched);
  const after = await openPage(url);
  const none = says(after, 'No concern is open. 1 concern is settled.');
  steps.add(
    `concern: ${SIGNER} recorded what was done, entry ${entry} of the ledger; none is open now`,
    none,
  );
  const status = await readControl(launched, 'status');
  const said = status.split('\n').find((line) => line.startsWith('Last sign-off')) ?? status;
  steps.add(`sign-off: "npm run control -- status" says: ${said}`, said.includes('with open concerns'));
}
