/** Sign-offs across a roll-back: given under this release, kept and vouched for by the one before, which knows none. */
import { putClockAhead } from '../../../sandbox/launch/clocks.ts';
import type { Launched } from '../../../sandbox/launch/launch.ts';
import { SUBJECT } from '../../../sandbox/story/mails.ts';
import { verifyRecords } from '../../../sandbox/story/operator.ts';
import { openPage, type Page, textOf } from '../../../sandbox/story/page.ts';
import { brokenIn, publicKeyOf, readAnchors } from '../../../sandbox/story/proof/bucket.ts';
import { AHEAD_MS, runRecords } from '../../../sandbox/story/proof/play.ts';
import { chooseVerdict, entryOf, recordConcern, signOff } from '../../../sandbox/story/proof/statement.ts';
import { runSurvey } from '../../../sandbox/story/review/survey.ts';
import { PATIENCE_MS } from '../../../sandbox/story/watched-user.ts';

/** A concern and a sign-off become entries of the ledger, and of the anchors. Returns the page of the report. */
export async function isSignedOff(launched: Launched): Promise<Page> {
  const { inbox, settings } = launched;
  await putClockAhead(launched, 'RecordsFunctionName', AHEAD_MS);
  // The first finds what was recorded and orders a survey, whose inventory the second judges.
  await runRecords(launched);
  await runSurvey(launched);
  await runRecords(launched);
  await runSurvey(launched);
  const recipient = settings.approvers[0]?.email ?? '';
  const mail = await inbox.waitFor({ recipient, subject: SUBJECT.signOff }, PATIENCE_MS);
  const page = await openPage(mail.link ?? '');
  const [, userId = ''] = /href="\?concern=(\w+)"/.exec(page.html) ?? [];
  const concern = { key: '', impact: 'The import fails.', remediation: 'A role.', ticket: '' };
  const target = new Date().toISOString().slice(0, 10);
  await entryOf(await recordConcern(page, userId, { ...concern, owner: 'Data team', target }));
  await runRecords(launched);
  const report = await openPage(page.url);
  const checked = await chooseVerdict(report, 'accepted-with-concerns');
  await entryOf(await signOff(checked, String(settings.accountName)));
  await runRecords(launched);
  return openPage(page.url);
}

/** The release before records on, over entries that it does not know; its page of the report has no forms. Throws if not. */
export async function staysSignedOff(launched: Launched, { url }: Page): Promise<void> {
  await putClockAhead(launched, 'RecordsFunctionName', AHEAD_MS);
  const before = await readAnchors(launched);
  await runRecords(launched);
  await runSurvey(launched);
  await runRecords(launched);
  const anchors = await readAnchors(launched);
  const broken = brokenIn(anchors, await publicKeyOf(launched));
  const page = await openPage(url);
  const { said, code } = await verifyRecords(launched);
  const problems = [
    ...broken,
    ...(anchors.length > before.length ? [] : ['no anchor was made']),
    ...(page.status === 200 && page.forms.length === 0 ? [] : [textOf(page)]),
    ...(code === 0 ? [] : [said]),
  ];
  if (problems.length > 0) {
    throw new Error(problems.join('; '));
  }
}
