/** Checks the records of a deployed stack: copies them, checks the copy, and reads again what does not fit. */
import type { KeyObject } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instantOf } from '../../functions/core/model/time.ts';
import { inWords } from '../control/trouble.ts';
import { downloadAnchors } from './download-anchors.ts';
import { downloadAgain, downloadTable } from './download-table.ts';
import type { FromStack } from './options.ts';
import type { Checked, Streams } from './outcome.ts';
import { checkedRecords, verdictOf } from './records.ts';
import { ABOUT_FILE, type About } from './saved.ts';
import { openSource, type Source } from './source.ts';

/** Checks the stack with the credentials that the AWS CLI would use. */
export async function checkStack(
  from: FromStack,
  key: KeyObject,
  accepted: readonly number[],
  streams: Streams,
): Promise<Checked> {
  const { stack, region, save } = from;
  const folder = save ?? mkdtempSync(join(tmpdir(), 'solekey-verify-'));
  try {
    const source = await openSource(stack, region);
    streams.err(`Account ${source.account}, ${region}, stack ${stack}`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return await checkSource(source, folder, key, accepted);
  } catch (error) {
    const words = inWords(error, {
      name: 'show',
      id: '',
      stack,
      region,
      reason: '',
      json: false,
      flags: [],
      options: {},
    });
    throw new Error(words.replace(/^Nothing was changed\. /, ''));
  } finally {
    if (save === null) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** Copies a source into a folder and checks the copy. */
export async function checkSource(
  source: Source,
  folder: string,
  key: KeyObject,
  accepted: readonly number[],
): Promise<Checked> {
  const began = performance.now();
  // The anchors first: none of them may have an entry that the reading of the table missed.
  const readAt = instantOf(Date.now());
  const about: About = { account: source.account, readAt, ...(await downloadAnchors(source, folder)) };
  writeFileSync(join(folder, ABOUT_FILE), `${JSON.stringify(about, null, 2)}\n`, { mode: 0o600 });
  await downloadTable(source, folder);
  let verdict = verdictOf(folder, key);
  const suspects = verdict.findings.flatMap((one) => (one.about === 'user' ? [one.userId] : []));
  if (suspects.length > 0 || verdict.findings.some(({ about: what }) => what === 'ledger')) {
    await downloadAgain(source, folder, [...new Set(suspects)]);
    verdict = verdictOf(folder, key);
  }
  return checkedRecords(verdict, accepted, (performance.now() - began) / 1000);
}
