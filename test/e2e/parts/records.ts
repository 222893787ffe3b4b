import { execSync } from 'node:child_process';
import { createPublicKey, createVerify } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetPublicKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { expect, it } from 'vitest';
import { sha256 } from '../../../functions/core/model/digest.ts';
import type { Anchor, EntryLine, HeadLine } from '../../../functions/core/records/anchor.ts';
import type { Validation } from '../../../functions/core/validation/validation.ts';
import { publicPem, runCommand, verifyRecords } from '../../../sandbox/story/operator.ts';
import type { Stack } from '../stack.ts';

const FIRST = 'anchors/000000001/';

/** The function that records and signs, with the bucket and the key of the template. */
export function records(stack: () => Stack): void {
  const text = async (name: string): Promise<string> => {
    const found = await stack().recorded(`${FIRST}${name}`);
    if (found === null) {
      throw new Error(`there is no ${name}`);
    }
    return found.toString('utf8');
  };
  const lines = async <Line>(name: string): Promise<Line[]> =>
    (await text(name))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line);

  it('anchors the whole history of all users, signed so that anybody can check it', async () => {
    expect(await stack().makeRecords()).toMatchObject({
      ...{ made: 'anchor', number: 1, unvouched: 0, validated: true },
    });
    const anchor = await text('anchor.json');
    const signature = await stack().recorded(`${FIRST}anchor.sig`);
    const kms = stack().launched.clients.make(KMSClient);
    const { PublicKey = new Uint8Array() } = await kms.send(
      new GetPublicKeyCommand({ KeyId: stack().output('RecordsKeyId') }),
    );
    kms.destroy();
    const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
    const signed = (content: string) =>
      createVerify('sha256')
        .update(content)
        .verify(key, signature ?? Buffer.alloc(0));
    expect([signed(anchor), signed(`${anchor} `)]).toEqual([true, false]);

    const { counts, files, unvouched } = JSON.parse(anchor) as Anchor;
    expect(unvouched).toEqual([]);
    for (const { name, sha256: hash } of files) {
      expect(sha256(await text(name))).toBe(hash);
    }
    const items = await stack().everything();
    const cases = items.filter(({ sk }) => sk === 'CASE');
    const [heads, entries] = [await lines<HeadLine>('heads.jsonl'), await lines<EntryLine>('entries.jsonl')];
    expect(counts).toEqual({ users: cases.length, entries: entries.length });
    expect(heads.map(({ userId }) => userId)).toEqual(
      cases.map(({ pk }) => String(pk).split('#')[2] ?? '').sort(),
    );
    expect(await text('settings.json')).not.toContain('@');
  });

  it('judges the inventory of the survey: as many users, with as many active keys, as IAM has', async () => {
    const { totals, users } = JSON.parse(await text('validation.json')) as Validation;
    const truth = await stack().truth();
    const active = (name: string) =>
      truth.find(({ userName }) => userName === name)?.keys.filter(({ status }) => status === 'Active')
        .length;
    const judged = users.filter(({ count }) => count !== 'gone');
    expect(judged.map(({ userName }) => userName).sort()).toEqual(
      truth.map(({ userName }) => userName).sort(),
    );
    for (const user of judged.filter(({ read, doubts }) => read === 'live' && doubts.length === 0)) {
      expect([user.userName, user.active.length]).toEqual([user.userName, active(user.userName)]);
    }
    expect(totals.users).toBe(truth.length);
    const csv = await text('validation.csv');
    expect(csv.trim().split('\n')).toHaveLength(users.length + 1);
  });

  it('are verified by the command, which names an entry that somebody edited', async () => {
    const { launched } = stack();
    expect(await verifyRecords(launched)).toMatchObject({ code: 0 });
    const entry = (await stack().everything()).find(({ sk }) => sk === 'HIST#000000001');
    const edited = { ...entry, entry: { ...(entry?.entry as object), rule: 'settled' } };
    await stack().put(edited);
    const { said, code } = await verifyRecords(launched);
    await stack().put(entry ?? {});
    expect([code, said]).toEqual([2, expect.stringMatching(/entry 1 is not as anchor 1 says/)]);
    expect(await verifyRecords(launched)).toMatchObject({ code: 0 });
  });

  it('are saved by the command, without a full key id', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'solekey-'));
    const { launched } = stack();
    const line = ['records', '--since', '2026-01-01', '--out', join(folder, 'kept')];
    const { said, code } = await runCommand(
      launched,
      ['ops/control.ts', ...line, '--stack', launched.assembly.stackName],
      'operator',
    );
    expect([code, said]).toEqual([0, expect.stringContaining('kept/summary.jsonl')]);
    const texts = readdirSync(join(folder, 'kept')).map((name) =>
      readFileSync(join(folder, 'kept', name), 'utf8'),
    );
    expect(texts.join('\n')).toContain('"keysBefore":');
    expect(texts.join('\n')).not.toMatch(/AKIA/);
    rmSync(folder, { recursive: true });
  });

  it('are built into a pack for an operator, which is verified without AWS, by us and by plain tools', async () => {
    const { launched } = stack();
    const folder = mkdtempSync(join(tmpdir(), 'solekey-'));
    const pack = join(folder, 'pack.zip');
    const today = new Date().toISOString().slice(0, 10);
    const period = ['--from', today, '--to', today, '--out', pack, '--reason', 'an audit'];
    const asking = runCommand(
      launched,
      ['ops/control.ts', 'evidence', ...period, '--stack', launched.assembly.stackName],
      'operator',
    );
    // Whatever else is new, the run after the request builds the pack.
    let ended = false;
    void asking.finally(() => {
      ended = true;
    });
    await expect
      .poll(
        async () => {
          await stack().makeRecords();
          return ended;
        },
        { timeout: 60_000, interval: 2_000 },
      )
      .toBe(true);
    expect(await asking).toMatchObject({ code: 0, said: expect.stringContaining('npm run verify') });
    const key = join(folder, 'public.pem');
    writeFileSync(key, await publicPem(launched));
    const verified = await runCommand(launched, ['ops/verify/main.ts', pack, '--key', key], 'nobody');
    expect([verified.code, verified.said]).toEqual([0, expect.stringContaining('signed')]);
    const plain = [
      `cd ${folder} && mkdir open && python3 -m zipfile -e pack.zip open && cd open && sha256sum --quiet -c SHA256SUMS`,
      'openssl dgst -sha256 -verify ../public.pem -signature manifest.sig manifest.json',
    ];
    expect(execSync(plain.join(' && '), { encoding: 'utf8' })).toContain('Verified OK');
    expect(readFileSync(join(folder, 'open', 'README.md'), 'utf8')).toContain('sha256sum -c');
    rmSync(folder, { recursive: true });
  });

  it('has nothing to sign a moment later', async () => {
    await expect
      .poll(() => stack().makeRecords(), { timeout: 30_000, interval: 1_000 })
      .toEqual({ made: 'nothing', why: 'nothing-new' });
  });
}
