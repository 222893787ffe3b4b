import type { KeyObject } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { CONTROL_KEY, caseKey, userPartition } from '../../contracts/items.ts';
import { ledgerPartition } from '../../contracts/ledger-item.ts';
import { storedLedger } from '../../contracts/stored-ledger.ts';
import { storedUser } from '../../contracts/stored-user.ts';
import type { RecordsSample } from '../../core/health/readings.ts';
import { DAY, type Instant, plus } from '../../core/model/time.ts';
import type { VerifyFinding } from '../../core/verify/findings.ts';
import { drawn, recentCheck, SAMPLED, sampledUser, usersIn } from '../../core/verify/sample.ts';
import { findingWords, sinceWords } from '../../core/verify/words.ts';
import { anchorStore } from '../records/anchor-store.ts';
import { recentAnchors } from '../records/recent-anchors.ts';
import { settledPartition } from '../settled-partition.ts';
import { answered } from './not-read.ts';
import { healthStore } from './store.ts';

/** Everything that a sample is read with. */
export interface SampleSource {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly documents: DynamoDBDocumentClient;
  readonly table: string;
  readonly account: string;
  readonly publicKey: () => Promise<KeyObject>;
  /** Returns a number from 0 up to but not including 1 that nobody can foresee. */
  readonly random: () => number;
}

/** The sample of the day. Users with a finding in the one before are in the next one, too. */
export async function readSample(source: SampleSource, now: Instant): Promise<RecordsSample> {
  const { documents, table, account } = source;
  const before = await answered('dynamodb:GetItem', healthStore(documents, table).sample(account));
  if (before !== null && before.at > plus(now, -DAY)) {
    return before;
  }
  return newSample(source, now, before?.wrong.map(({ about }) => about) ?? []);
}

async function newSample(
  source: SampleSource,
  now: Instant,
  again: readonly string[],
): Promise<RecordsSample> {
  const { s3, bucket, account, publicKey, random } = source;
  const key = await answered('kms:GetPublicKey', publicKey());
  const store = anchorStore(s3, bucket, async () => key);
  const latest = await answered('s3:GetObject', store.latest());
  switch (latest.found) {
    case 'none':
      return { at: now, users: 0, wrong: [] };
    case 'broken': {
      const words = `Anchor ${latest.number} of the records is not as it was signed: ${latest.why}.`;
      return { at: now, users: 1, wrong: [{ about: 'anchors', words }] };
    }
    case 'anchor': {
      const { number } = latest.anchor;
      const recent = await answered('s3:GetObject', recentAnchors(s3, bucket, key, number));
      const all = usersIn(recent.anchors);
      const known = again.filter((userId) => all.includes(userId));
      const others = all.filter((userId) => !known.includes(userId));
      const userIds = [...known, ...drawn(others, SAMPLED - known.length, random)].slice(0, SAMPLED);
      const check = recentCheck(recent, account, now, userIds);
      const restores = await restoresIn(source);
      const findings: VerifyFinding[] = [...check.findings];
      for (const userId of userIds) {
        findings.push(...sampledUser(check, userId, await storedIn(source, userId), restores));
      }
      return { at: now, users: userIds.length, wrong: inSentences(findings) };
    }
  }
}

async function storedIn({ documents, table, account }: SampleSource, userId: string) {
  const pk = userPartition(account, userId);
  const reading = settledPartition(documents, table, pk, caseKey(account, userId), 'version');
  return storedUser(userId, await answered('dynamodb:Query', reading));
}

async function restoresIn({ documents, table, account }: SampleSource) {
  const reading = settledPartition(documents, table, ledgerPartition(account), CONTROL_KEY, 'entry');
  const items = await answered('dynamodb:Query', reading);
  return storedLedger(account, items, []).restores;
}

/** The first finding about each user, and about the anchors. */
function inSentences(findings: readonly VerifyFinding[]): RecordsSample['wrong'] {
  const wrong = new Map<string, string>();
  for (const finding of findings) {
    const about = finding.about === 'user' ? finding.userId : 'anchors';
    const words = `${findingWords(finding)} Nobody can vouch for it ${sinceWords(finding.since)}.`;
    wrong.set(about, wrong.get(about) ?? words);
  }
  return [...wrong].map(([about, words]) => ({ about, words }));
}
