import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgerPartition, readLedgerEntry } from '../../../functions/contracts/ledger-item.ts';
import { filterOf } from '../../../functions/core/health/subscription-filter.ts';
import { ledgerFindings } from '../../../functions/core/model/ledger.ts';
import { copyTable } from '../../../ops/control/aws/copy-table.ts';
import { NAMES, type Name } from '../../../ops/control/names.ts';
import { ENVELOPES } from '../../../ops/control/results.ts';
import { run } from '../../../ops/control/run.ts';
import { DOORS } from '../../../ops/control-doors.ts';
import { runCommand } from '../../../sandbox/story/operator.ts';
import { openPage, sendDecision, sendRestore } from '../../../sandbox/story/page.ts';
import { eventually, PATIENCE_MS, type Stack } from '../stack.ts';

const WHY = ['--reason', 'a drill'];

/** The commands that need what records signs; its own part tries them. */
const WITH_RECORDS: readonly Name[] = ['evidence'];

/** Every operator command, against the deployed stack. */
export function control(stack: () => Stack): void {
  const tried = new Set<string>();
  const before = { ...process.env };

  beforeAll(() => {
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: stack().launched.gatewayUrl,
      AWS_ACCESS_KEY_ID: 'operator',
      AWS_SECRET_ACCESS_KEY: 'sandbox',
    });
  });

  afterAll(() => {
    for (const name of ['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) {
      delete process.env[name];
    }
    Object.assign(process.env, before);
  });

  const typed = async (name: Name, ...args: readonly string[]) => {
    const { assembly, world } = stack().launched;
    const [out, err]: [string[], string[]] = [[], []];
    const code = await run(
      [name, ...args, '--stack', assembly.stackName, '--region', world.region],
      { out: (line) => out.push(line), err: (line) => err.push(line) },
      DOORS,
    );
    const said = { code, out: out.join('\n'), err: err.join('\n') };
    expect(`${said.out}${said.err}`, name).not.toMatch(/undefined|\[object|AKIA|^ +at /m);
    return said;
  };

  /** Runs a command twice if that is harmless: in words, and as JSON, which must be as its schema says. */
  const ran = async (name: Name, ...args: readonly string[]) => {
    const said = await typed(name, ...args);
    expect(said.err.split('\n')[0]).toMatch(/^Account \d{12}, us-east-1, stack \S+$/);
    const json = await typed(name, ...args, '--json');
    const { result } = ENVELOPES[name].parse(JSON.parse(json.out)) as { readonly result: unknown };
    tried.add(name);
    return { ...said, json: result };
  };

  it('status, cases, show and check tell of a case', async () => {
    const { userName } = await stack().violator('controlled', 'heard');
    await stack().launched.inbox.waitFor({ userName }, PATIENCE_MS);
    expect((await ran('cases')).out).toContain(`${userName}`);
    const { out, code } = await ran('show', userName);
    expect([code, out]).toEqual([0, expect.stringContaining('The record is as Solekey wrote it')]);
    expect((await ran('check', userName)).code).toBe(0);
    const { json } = await ran('status');
    expect(json).toMatchObject({ approvers: ['sec-lead', 'platform-lead'], openCases: expect.any(Number) });
    const { said, code: exit } = await runCommand(
      stack().launched,
      ['ops/control.ts', 'show', 'nobody-of-this-name', '--stack', stack().launched.assembly.stackName],
      'operator',
    );
    expect([exit, said.split('\n').at(-1)]).toEqual([
      1,
      expect.stringMatching(/^Nothing was changed. Solekey has no case about a user "nobody-of-this-name"/),
    ]);
  });

  it('pause, resume, revoke and reinstate change the item, and leave a chain of entries', async () => {
    const lines: readonly (readonly [Name, ...string[]])[] = [
      ['pause'],
      ['resume'],
      ['revoke', 'platform-lead'],
      ['reinstate', 'platform-lead'],
    ];
    for (const [name, ...args] of lines) {
      const { code, json } = await ran(name, ...args, ...WHY);
      expect([code, json]).toMatchObject([0, { entry: null }]);
    }
    const items = (await stack().everything()).filter(({ pk }) => pk === ledgerPartition(stack().account));
    const entries = items.flatMap((item) => readLedgerEntry(item) ?? []).sort((a, b) => a.number - b.number);
    expect(entries.map(({ command }) => command)).toEqual(lines.map(([name]) => name));
    expect(ledgerFindings(entries)).toEqual([]);
    expect(entries[0]).toMatchObject({ reason: 'a drill', by: expect.stringMatching(/^arn:aws:/) });
    const { json } = await ran('status');
    expect(json).toMatchObject({ paused: null, revoked: [], ledger: { entries: 4, findings: [] } });
    await stack().launched.inbox.waitFor({ subject: /you are again an approver/ }, PATIENCE_MS);
  });

  it('decisions lists what is decided and waits, here because Solekey is paused', async () => {
    const violator = await stack().violator('decided-in-a-pause', 'heard');
    const { userName, keys } = violator;
    const [older, newer] = keys;
    const { link } = await stack().launched.inbox.waitFor({ userName }, PATIENCE_MS);
    await typed('pause', ...WHY);
    try {
      const answer = await sendDecision(await openPage(link ?? ''), { keep: newer, off: [older] });
      expect(answer.status).toBe(200);
      const { out, json } = await ran('decisions');
      expect(out).toContain(userName);
      expect(out).toContain('waits until Solekey is resumed');
      expect(json).toMatchObject({
        decisions: [{ userName, by: expect.any(String), deactivate: [older.slice(-4)], waitsFor: 'paused' }],
      });
      expect((await stack().statusOf(violator))[older]).toBe('Active');
    } finally {
      await typed('resume', ...WHY);
    }
    // The sweep would come to it within a minute.
    await typed('check', userName);
    const status = await eventually(
      () => stack().statusOf(violator),
      (one) => one[older] === 'Inactive',
    );
    expect(status).toEqual({ [older]: 'Inactive', [newer]: 'Active' });
    const after = await eventually(
      async () => (await typed('decisions')).out,
      (text) => !text.includes(userName),
    );
    expect(after).not.toContain(userName);
  });

  it('restored: an answer of a backup that was put back in mid-case changes no key', async () => {
    const violator = await stack().violator('from-a-backup', 'heard');
    const { userName, keys } = violator;
    const [older, newer] = keys;
    const { inbox } = stack().launched;
    const newLink = async (seen: number) => {
      const mails = () => inbox.mails({ userName }).filter(({ link }) => link !== null);
      return (
        (
          await eventually(
            async () => mails(),
            (found) => found.length > seen,
          )
        ).at(-1)?.link ?? ''
      );
    };
    const statusOf = async (status: string) => {
      await typed('check', userName);
      return eventually(
        () => stack().statusOf(violator),
        (one) => one[older] === status,
      );
    };
    const first = await newLink(0);
    await typed('pause', ...WHY);
    expect((await sendDecision(await openPage(first), { keep: newer, off: [older] })).status).toBe(200);
    await eventually(
      async () => (await typed('decisions')).out,
      (text) => text.includes(userName),
    );
    const backup = await stack().backupOf(violator);
    await typed('resume', ...WHY);
    expect(await statusOf('Inactive')).toEqual({ [older]: 'Inactive', [newer]: 'Active' });
    const undo = await inbox.waitFor({ userName, subject: /deactivated/ }, PATIENCE_MS);
    expect((await sendRestore(await openPage(undo.link ?? ''), [older])).status).toBe(200);
    expect(await statusOf('Active')).toEqual({ [older]: 'Active', [newer]: 'Active' });
    // As if the functions were stopped: nothing more is written about the user.
    let before = '';
    await eventually(
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 3_000));
        const last = before;
        before = JSON.stringify(await stack().backupOf(violator));
        return before === last;
      },
      (quiet) => quiet,
    );

    await stack().bringBack(violator, backup);
    const seen = inbox.mails({ userName }).filter(({ link }) => link !== null).length;
    const { json } = await ran('restored', ...WHY);
    expect(json).toMatchObject({ paused: {}, anchor: null, ledger: 0 });
    await typed('resume', ...WHY);
    await typed('check', userName);
    await newLink(seen);
    const { out, code } = await typed('show', userName);
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/the decision became void \(by \S+\): from-backup/),
    ]);
    expect(await stack().statusOf(violator)).toEqual({ [older]: 'Active', [newer]: 'Active' });
    expect(await ran('status')).toMatchObject({ json: { ledger: { findings: [] } } });
  });

  it('restored --from-table makes a table hold what another one holds', async () => {
    const item = (pk: string, version: number) => ({ pk, sk: 'CASE', version });
    const old = Array.from({ length: 60 }, (_, at) => item(`USER#${at}`, 1));
    await stack().tableWith('Solekey-restored', [...old, item('CONTROL', 1)]);
    const later = [item('USER#0', 2), item('USER#newer', 1), item('CONTROL', 2)];
    const documents = await stack().tableWith('Solekey-present', later);
    const pause = async () => undefined;
    const copied = await copyTable(documents, 'Solekey-present', 'Solekey-restored', ['CONTROL'], pause);
    expect(copied).toEqual({ written: 60, removed: 1 });
    const found = (await stack().everything('Solekey-present')).map(({ pk, version }) => `${pk} ${version}`);
    expect(found.sort()).toEqual([...old.map(({ pk }) => `${pk} 1`), 'CONTROL 2'].sort());
  });

  it('test-mail reaches the mailbox without a link of ours', async () => {
    expect((await ran('test-mail', 'sec-lead')).out).toContain('SNS accepted a test mail for sec-lead');
    const mail = await stack().launched.inbox.waitFor({ subject: /test mail, nothing to do/ }, PATIENCE_MS);
    expect(mail.link).toBe(null);
    expect((await typed('test-mail', 'sec-laed')).err).toContain('Did you mean sec-lead?');
  });

  it('redrive has dead letters processed, and leaves what nobody can process', async () => {
    const { resources } = stack().launched.deployed;
    const id = Object.keys(resources).find((one) => one.startsWith('WakesDeadLetters')) ?? '';
    const sqs = stack().launched.clients.make(SQSClient);
    const wake = { kind: 'user', account: stack().account, userName: 'controlled', attempt: 0 };
    for (const body of [JSON.stringify(wake), 'nonsense']) {
      await sqs.send(new SendMessageCommand({ QueueUrl: resources[id], MessageBody: body }));
    }
    sqs.destroy();
    const first = await typed('redrive', 'wakes');
    expect(first.code).toBe(2);
    expect(first.out).toContain('moved to the wake queue: re-evaluate controlled');
    expect(first.out).toContain('left where it is: neither an IAM event nor a request of Solekey');
    await ran('redrive', 'sweep');
  });

  it('resubscribe cures an unprotected address and a lost one, and confirm protects it', async () => {
    const { inbox, sns } = stack().launched;
    const [address, topic] = ['security@example.com', stack().output('MailTopicArn')];
    const links = () => inbox.mails({ type: 'SubscriptionConfirmation', recipient: address });
    for (const [harm, was] of [
      ['unprotect', 'unprotected'],
      ['remove', 'missing'],
    ] as const) {
      await sns[harm](address, topic);
      const seen = links().length;
      const cured = await typed('resubscribe', 'sec-lead', '--json');
      expect(JSON.parse(cured.out)).toMatchObject({ result: { before: was, mailed: true } });
      expect((await typed('test-mail', 'sec-lead')).code, 'nothing arrives until it is confirmed').toBe(2);
      await eventually(
        async () => links().length,
        (count) => count > seen,
      );
      const link = links().at(-1)?.link ?? '';
      for (const wrong of [
        link.replace('https', 'http'),
        link.replace('Mail', 'Other'),
        link.replace('&', '\n&'),
      ]) {
        expect((await typed('confirm', wrong)).code, wrong).toBe(1);
      }
      expect((await typed('confirm', link)).out).toBe(
        `${address} is confirmed. Only someone with AWS credentials can unsubscribe it.`,
      );
      await ran('confirm', link);
      const { state, filterPolicy } = await sns.of(address, topic);
      const ids = stack()
        .launched.settings.approvers.filter(({ email }) => email === address)
        .map(({ id }) => id);
      expect([state, filterPolicy]).toEqual(['confirmed', filterOf({ address, ids })]);
    }
    expect((await ran('resubscribe', 'sec-lead')).out).toContain('is confirmed and protected');
    expect((await ran('doctor')).out).toContain('npx cdk deploy -c withoutSubscription=sec-lead');
    expect((await ran('test-mail', 'sec-lead')).code).toBe(0);
  });

  it('doctor says what is fine, and without a stack what a deployment needs', async () => {
    const { out } = await ran('doctor');
    expect(out).toContain('ok  control item');
    const none = await eventually(
      async () => {
        const lines: string[] = [];
        const streams = { out: (line: string) => lines.push(line), err: () => undefined };
        await run(['doctor', '--stack', 'Nothing'], streams, DOORS);
        return lines.join('\n');
      },
      (text) => text !== '',
    );
    expect(none).toMatch(/of 3 checks are fine/);
  });

  it('records reads the bucket, and saves nothing where there is no anchor', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'solekey-')), 'records');
    const { code, err } = await ran('records', '--since', '2026-01-01', '--out', folder);
    expect([code, err]).toEqual([
      0,
      expect.stringMatching(/^0 anchors from 2026-01-01 to \S+ have no records/m),
    ]);
  });

  it('erase refuses a day within the retention, and finds no comment that is older', async () => {
    expect((await typed('erase', '--before', '2026-11-01', ...WHY)).err).toContain(
      'Texts are kept for 400 days',
    );
    expect((await ran('erase', '--before', '2025-01-01', ...WHY)).out).toContain('nothing to erase');
  });

  it('public-key prints the key that checks records', async () => {
    expect((await ran('public-key')).out).toContain('BEGIN PUBLIC KEY');
  });

  it('wind-down lists the keys that are inactive because of Solekey, and changes nothing then', async () => {
    const { code, out, json } = await ran('wind-down', ...WHY);
    expect([code, out]).toEqual([1, expect.stringContaining('decided-in-a-pause')]);
    expect(json).toMatchObject({ paused: null, revoked: [], entry: null });
  });

  describe('in the end', () => {
    it('every command was tried, here or with the records', () => {
      expect([...tried, ...WITH_RECORDS].sort()).toEqual([...NAMES].sort());
    });
  });
}
