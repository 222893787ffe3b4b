import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../../functions/core/model/digest.ts';
import { DAY, plus } from '../../../../functions/core/model/time.ts';
import { CONTENTS } from '../../../../functions/core/records/pack/readme.ts';
import type { Manifest } from '../../../../functions/core/records/pack/seal.ts';
import { recordRows } from '../../../../functions/core/records/rows.ts';
import { NEWER, NOW, OLDER } from '../../../fakes/cases.ts';
import { recordContext } from '../../../fakes/history.ts';
import { aPack, PERIOD, packValidation, REMEDIATED, textIn, WORDS } from '../../../fakes/packs.ts';

const manifestOf = (pack: ReturnType<typeof aPack>) => JSON.parse(pack.manifest.content) as Manifest;
const linesOf = (pack: ReturnType<typeof aPack>, name: string): object[] =>
  textIn(pack, name)
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));

describe('the manifest of a pack', () => {
  it('has the SHA-256 and length of every file but itself and its signature', () => {
    const pack = aPack();
    const { files } = manifestOf(pack);
    expect(files.map(({ name }) => name)).toEqual(pack.files.map(({ name }) => name).sort());
    for (const { name, bytes, sha256: hash } of files) {
      const content = textIn(pack, name);
      expect([bytes, hash]).toEqual([Buffer.byteLength(content), sha256(content)]);
    }
    expect(files.map(({ name }) => name)).not.toContain('manifest.json');
  });

  it('says of what it is, and binds the first and the last anchor of the period', () => {
    expect(manifestOf(aPack())).toMatchObject({
      schema: 1,
      account: '123456789012',
      request: { ...PERIOD, entry: 4, fullKeyIds: false },
      anchors: { first: { number: 1 }, last: { number: 2, sha256: 'b'.repeat(64) } },
    });
    expect(manifestOf(aPack({ anchors: [] })).anchors).toBeNull();
  });

  it('has numbers that equal those of the files', () => {
    const pack = aPack();
    const { counts } = manifestOf(pack);
    expect(counts).toEqual({
      'IAM users in the last validation': 1,
      validations: 1,
      cases: linesOf(pack, 'cases.jsonl').length,
      'cases still open': 0,
      'decision records': linesOf(pack, 'records/decisions.jsonl').length,
      'keys in the deletion log': linesOf(pack, 'records/deletions.jsonl').length,
      failures: 0,
    });
    expect(textIn(pack, 'README.md')).toContain('- decision records: 1\n');
  });
});

it('SHA256SUMS has every other file, in the form that sha256sum reads', () => {
  const pack = aPack();
  const sums = textIn(pack, 'SHA256SUMS').trimEnd().split('\n');
  const others = pack.files.filter(({ name }) => name !== 'SHA256SUMS');
  expect(sums).toEqual(
    others
      .map(({ name, content }) => `${sha256(content)}  ${name}`)
      .sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)),
  );
});

describe('the files of a pack', () => {
  it('are those that its README explains', () => {
    const pack = aPack({}, { sample: { size: 25, seed: 7 } });
    const names = [...pack.files.map(({ name }) => name), 'manifest.json', 'manifest.sig'];
    for (const [name, what] of Object.entries(CONTENTS)) {
      expect(names.some((one) => one === name || one.startsWith(name))).toBe(true);
      expect(textIn(pack, 'README.md')).toContain(`| \`${name}\` | ${what} |`);
    }
    const explained = Object.keys(CONTENTS);
    const unexplained = names.filter(
      (name) =>
        name !== 'README.md' &&
        !explained.some((one) => name.startsWith(one) || name === one.replace(/\.csv$/, '.jsonl')),
    );
    expect(unexplained).toEqual([]);
  });

  it('are the same for the same input, in the order of their names', () => {
    expect(aPack()).toEqual(aPack());
    const names = aPack().files.map(({ name }) => name);
    expect(names.slice(0, -2)).toEqual(names.slice(0, -2).sort());
  });

  it('have whole key ids only if asked', () => {
    const texts = (full: boolean) => {
      const { manifest, files } = aPack({}, { fullKeyIds: full });
      return [manifest, ...files].map(({ content }) => content).join();
    };
    expect(texts(false)).not.toMatch(/A[KS]IA[A-Z0-9]{12}/);
    expect(texts(false)).toContain('…MPLE');
    expect(texts(true)).toContain(NEWER);
    expect(texts(true)).toContain(OLDER);
    expect([textIn(aPack(), 'README.md'), textIn(aPack({}, { fullKeyIds: true }), 'README.md')]).toEqual([
      expect.stringContaining('Key ids are shown by their last four characters'),
      expect.stringContaining('Key ids are whole'),
    ]);
  });

  it('have no link, no MAC and no proof of an answer', () => {
    const ask = { kind: 'keep' as const, keep: NEWER, off: [OLDER], acknowledged: [] };
    const request = {
      digest: '0'.repeat(64),
      at: NOW,
      payload: 'v2.payload-of-a-link',
      proof: 'proof-of-an-answer',
      ask,
    };
    const rows = recordRows(
      REMEDIATED.versions,
      recordContext({ answers: [{ request, purpose: 'decide' }] }),
    );
    const { files } = aPack({ rows });
    expect(rows.decisions[0]?.link).toBe('decide');
    expect(files.map(({ content }) => content).join()).not.toMatch(/payload-of-a-link|proof-of-an-answer/);
  });

  it('begin no cell with a formula', () => {
    const comments = textIn(aPack(), 'comments.csv');
    expect(comments).toContain(`'${WORDS}`);
  });

  it('include those that others make, and no settings if none are known', () => {
    const further = [{ name: 'sign-offs.jsonl', type: 'application/jsonl', content: '{}\n' }];
    const names = aPack({ further, settings: [] }).files.map(({ name }) => name);
    expect(names).toContain('sign-offs.jsonl');
    expect(names).not.toContain('settings.json');
    expect(textIn(aPack(), 'settings.json')).toContain('"mode": "observe"');
  });

  it('keep each validation under its time, as its anchor has it', () => {
    const name = 'validations/2026-11-24T16-10-00.000Z/validation.json';
    expect(textIn(aPack({}, { fullKeyIds: true }), name)).toBe(`{"active":"${NEWER}"}\n`);
    expect(textIn(aPack({ validations: [] }), 'population.json')).toContain('"validations": []');
    const before = packValidation({ at: plus(NOW, -2 * DAY) });
    expect(aPack({ validations: [before, packValidation()] }).files.map((one) => one.name)).toContain(
      'validations/2026-11-21T16-10-00.000Z/validation.json',
    );
  });
});

describe('the README of a pack', () => {
  it('has the commands, with the number of files that they find', () => {
    const pack = aPack();
    expect(textIn(pack, 'README.md')).toContain(
      'openssl dgst -sha256 -verify ../public.pem -signature manifest.sig manifest.json',
    );
    expect(textIn(pack, 'README.md')).toMatch(
      new RegExp(`find \\. -type f \\| wc -l +# ${pack.files.length + 2}\n`),
    );
  });

  it('says how to draw the sample again, if there is one', () => {
    expect(textIn(aPack(), 'README.md')).not.toContain('## The sample');
    const readme = textIn(aPack({}, { sample: { size: 25, seed: 7 } }), 'README.md');
    expect(readme).toContain("printf '%s' '7|AIDA.../1' | sha256sum");
    expect(readme).toContain('the 25 cases');
  });
});
