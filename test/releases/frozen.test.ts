/** Release 0.1.0 as it was frozen: complete, and readable for the code of today. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseForm } from '../../functions/contracts/decision-form.ts';
import {
  caseItemSchema,
  controlItemSchema,
  evidenceItemSchema,
  nameItemSchema,
  refreshedSchema,
} from '../../functions/contracts/items.ts';
import { linkPath, parseToken } from '../../functions/contracts/link.ts';
import { parseMessage } from '../../functions/contracts/message.ts';
import { requestItemSchema } from '../../functions/contracts/request-item.ts';
import { parseSettings } from '../../functions/contracts/settings.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { factsOf, formerDigest } from '../../functions/core/case/facts.ts';
import { foldHistory, type HistoryEntry } from '../../functions/core/case/history.ts';
import type { DecisionRequest } from '../../functions/core/case/requests.ts';
import { bundleOf, readAssembly } from '../../sandbox/launch/assembly.ts';
import { ruleLiterals } from '../../sandbox/launch/config-rule.ts';
import { localise } from '../../sandbox/launch/localise.ts';
import { encodedSettings, type FrozenAssembly, frozenBundles, thaw } from '../../sandbox/launch/thaw.ts';
import { readForms } from '../../sandbox/story/form.ts';
import { STORY_SETTINGS } from '../../sandbox/story/settings.ts';
import { signing } from '../fakes/signing.ts';
import { frozen, valuesOf } from './frozen.ts';

const ACCOUNT = '123456789012';
const release = frozen('0.1.0');
const cases = release.cases.map(({ item }) => item.case as Case);

/** What 0.1.0 has a name for and never stores. */
const NEVER_STORED: Readonly<Record<string, string>> = {
  'last use of a key not-read':
    'a case opens with a violation, whose last uses are read, and an open case has all of them read',
  'phase exception': 'the word was reserved for answers that spare a key; no code of 0.1.0 leads there',
};

/** Everything 0.1.0 has a name for, by where the name stands. Plain words: what later code calls them does not matter here. */
const KNOWN: Readonly<Record<string, { found: readonly unknown[]; names: string }>> = {
  phase: {
    found: cases.map(({ phase }) => phase),
    names:
      'rotating awaiting-decision exception approved grace awaiting-confirmation deleting held excluded closed',
  },
  held: {
    found: cases.map(({ heldFor }) => heldFor),
    names: 'unknown no-active-key restore-by-hand used-after-deactivation',
  },
  closed: {
    found: cases.map(({ closedAs }) => closedAs),
    names: 'remediated by-owner user-gone deactivated',
  },
  'asked again': {
    found: cases.map(({ askedAgain }) => askedAgain?.code),
    names:
      'keys-changed reactivated restored in-use kept-key-gone decision-expired approver-removed exclusion-ended',
  },
  notice: {
    found: cases.flatMap(({ owed }) => owed.map(({ kind }) => kind)),
    names:
      'detected rotation reminder escalated asked-again deactivated deletion-announced confirm-deletion held restored closed',
  },
  'status of a key': {
    found: cases.flatMap(({ keys }) => keys.map(({ status }) => status)),
    names: 'Active Inactive Expired',
  },
  'last use of a key': {
    found: cases.flatMap(({ keys }) => keys.map(({ lastUsed }) => lastUsed.kind)),
    names: 'never used not-read',
  },
  'progress of a key': {
    found: cases.flatMap(({ progress }) => Object.values(progress).flatMap((one) => Object.keys(one))),
    names:
      'deactivating deactivationAnswered refused refusedSince deactivated graceFrom graceEnds announced announcedFor deleting seenInactive deletionClaimed deleted expired restoring',
  },
  'way of deletion': {
    found: cases.map(({ decision }) => decision?.terms.deletion),
    names: 'after-grace on-confirmation never',
  },
  answer: {
    found: release.items('requests').flatMap(({ item }) => valuesOf('kind', item)),
    names: 'keep restore confirm',
  },
  'event of the history': {
    found: release.users.flatMap(({ items }) =>
      valuesOf(
        'code',
        items.flatMap(({ entry }) => entry ?? []),
      ),
    ),
    names:
      'confirmation-void deactivated deactivating deactivation-lost deactivation-refused decided decision-void delete-claimed deleted deleting deletion-confirmed deletion-withdrawn expired gone-without-us held missing off-without-us opened reactivated-by-hand reactivating renamed reopened request-refused restore-asked restore-lapsed restore-refused restored told unknown',
  },
  'rule of the history': {
    found: release.users.flatMap(({ items }) => valuesOf('rule', items)),
    names:
      'unknown gone excluded restore settled ask-about-one no-active-key carry-on carry-out rotating awaiting notices',
  },
  'purpose of a link': {
    found: release.json<{ item: { claim: { p: string } } }[]>('links.json').map(({ item }) => item.claim.p),
    names: 'd r l',
  },
  'purpose of a page': { found: release.pages.map(({ purpose }) => purpose), names: 'decide restore look' },
  'field of a form': {
    found: release.pages.flatMap(({ sent }) => [...new URLSearchParams(sent ?? '').keys()]),
    names: 'keep off inUse facts back remove',
  },
  'field of a message': {
    found: release.items('messages').flatMap(({ item }) => Object.keys(item)),
    names: 'kind account userId userName accessKeyId expects origin look since hops',
  },
};

describe('the frozen release 0.1.0', () => {
  it('has a file for every kind of item', () => {
    const kinds = 'budget control decided evidence messages names once refresh requests'.split(' ');
    for (const kind of kinds) {
      expect(release.items(kind), kind).not.toEqual([]);
    }
    expect(release.users.length).toBeGreaterThan(5);
  });

  it.each(Object.entries(KNOWN))('stores every %s that it knows', (what, { found, names }) => {
    const missing = names.split(' ').filter((name) => !found.includes(name));
    expect(missing.filter((name) => !(`${what} ${name}` in NEVER_STORED))).toEqual([]);
    for (const name of names.split(' ')) {
      if (`${what} ${name}` in NEVER_STORED) {
        expect(missing, 'the reason is out of date').toContain(name);
      }
    }
  });

  it('is small enough to be kept for ever, and says what it is', () => {
    expect(release.bytes).toBeLessThan(2 * 1024 * 1024);
    expect(release.text('README.md')).toContain('Never edit');
  });
});

describe('what 0.1.0 stored can be read by the code of today', () => {
  it.each(release.cases)('a case of $from, version $item.version', ({ item }) => {
    expect(caseItemSchema.parse(item).case).toEqual(item.case);
  });

  it.each(release.users)('the whole history of the user of $from', ({ items }) => {
    const entries = items.flatMap(({ entry }) => (entry === undefined ? [] : [entry as HistoryEntry]));
    const stored = items.find(({ sk }) => sk === 'CASE');
    const folded = foldHistory(entries, (stored?.hash as string | undefined) ?? null);
    expect(folded).toEqual(stored?.case ?? null);
  });

  it.each(release.items('requests'))('a request of $from', ({ item }) => {
    expect(requestItemSchema.parse(item).request).toEqual(item.request);
  });

  it('the proofs of requests still hold', async () => {
    const { claimOf } = signing('a key for tests');
    const items = release.users.flatMap((user) => (user.from.startsWith('play') ? user.items : []));
    const requests = items.flatMap(({ request }) =>
      request === undefined ? [] : [request as DecisionRequest],
    );
    const claims = await Promise.all(requests.map(claimOf));
    expect(claims.length).toBeGreaterThan(2);
    expect(claims).not.toContain(null);
  });

  it('control, names, evidence, refreshes and budgets', () => {
    for (const { item } of release.items('control')) {
      expect(controlItemSchema.parse(item)).toEqual({ pauses: item.pauses, revoked: item.revoked });
    }
    for (const { item } of release.items('names')) {
      expect(nameItemSchema.parse(item).holder).toBe(item.userId);
    }
    for (const { item } of release.items('evidence')) {
      expect(evidenceItemSchema.parse(item).origins).toEqual(item.origins);
    }
    for (const { item } of release.items('refresh')) {
      expect(refreshedSchema.parse(item).at).toBe(item.at);
    }
    for (const { item } of release.items('budget')) {
      expect(item.used).toEqual(expect.any(Number));
    }
  });

  it.each(release.items('messages'))('a message of $from', ({ item }) => {
    expect(['wake', 'refresh']).toContain(parseMessage(JSON.stringify(item), 'wakes').kind);
  });

  it.each(release.json<{ item: { path: string; claim: object } }[]>('links.json'))(
    'a link: $item.path',
    ({ item: { path, claim } }) => {
      const token = path.split('/')[2] ?? '';
      const parsed = parseToken(token);
      expect(parsed && linkPath(parsed.claim.purpose, token).slice(1)).toBe(path.slice(1));
      expect(parsed?.claim).toMatchObject({ caseNumber: (claim as { n: number }).n });
    },
  );

  it.each(release.pages)('what is sent from an open page: $name', ({ name, path, purpose, known, sent }) => {
    const forms = readForms(release.text(`pages/${name}.html`));
    // What 0.1.0 called `look` is `view` since.
    const now = purpose === 'look' ? 'view' : purpose;
    expect(parseToken(path.split('/')[2] ?? '')?.claim.purpose).toBe(now);
    if (sent === null) {
      return expect(forms).toEqual([]);
    }
    const fields = forms.flatMap((form) => form.fields.map((field) => field.name));
    expect(fields).toEqual(expect.arrayContaining([...new URLSearchParams(sent).keys()]));
    expect(parseForm(Buffer.from(sent))).toMatchObject({ facts: formerDigest(factsOf(known as Case)) });
  });
});

describe('what 0.1.0 ships can be deployed without its source', () => {
  const settings = release.json<object>('settings.json');
  const { assets, template, paths } = release.json<FrozenAssembly>('sandbox/assembly.json');
  const functions = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');

  it('has the four bundles, with the default settings in those that read any', async () => {
    const bundles = await frozenBundles(release.folder);
    expect(Object.keys(bundles).sort()).toEqual(['approve', 'evaluate', 'reconcile', 'sweep']);
    expect(Object.keys(paths).sort()).toEqual(Object.keys(bundles).sort());
    const withSettings = Object.entries(bundles).filter(([, code]) =>
      code.includes(encodedSettings(settings)),
    );
    expect(withSettings.map(([handler]) => handler).sort()).toEqual(['approve', 'evaluate', 'reconcile']);
  });

  it('knows where the template of the sandbox looks for each bundle', () => {
    expect(functions).toHaveLength(4);
    for (const { Properties } of functions) {
      const { S3Key } = (Properties?.Code ?? {}) as { S3Key?: string };
      expect(valuesOf('objectKey', assets)).toContain(S3Key);
    }
  });

  it('is thawed with its own address and times, and with nothing else than it was frozen with', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'solekey-thaw-'));
    try {
      const launched = { ...STORY_SETTINGS, publicUrl: 'http://127.0.0.1:8123', grace: 'PT1H' };
      await thaw(release.folder, launched, directory);
      const assembly = await readAssembly(directory, ACCOUNT);
      expect(assembly.assets.map(({ key }) => key)).toHaveLength(4);
      const literals = ruleLiterals(assembly.template, { account: ACCOUNT, region: 'us-east-1' });
      expect(() => localise(assembly.template, { visibilitySeconds: 2, literals })).not.toThrow();
      expect(JSON.stringify(assembly.template)).toContain('"PUBLIC_URL":"http://127.0.0.1:8123"');
      const code = readFileSync(join(bundleOf(assembly, 'approve'), 'index.mjs'), 'utf8');
      const [, shipped = ''] = /"(eyJ[\w+/]{400,}=*)"/.exec(code) ?? [];
      const given = JSON.parse(Buffer.from(shipped, 'base64').toString('utf8')) as unknown;
      expect(given).toMatchObject({ grace: 'PT1H', publicUrl: 'http://127.0.0.1:8123', mode: 'enforce' });
      const other = join(directory, 'other');
      await thaw(release.folder, { ...launched, grace: 'PT2H' }, other);
      const { assets: moved } = await readAssembly(other, ACCOUNT);
      const same = moved.filter(({ key }) => assembly.assets.some((asset) => asset.key === key));
      expect(same, 'only the sweep has no settings').toHaveLength(1);
      const fewer = { ...launched, approvers: launched.approvers.slice(1) };
      await expect(thaw(release.folder, fewer, directory)).rejects.toThrow('other settings: approvers');
      const observing = { ...launched, mode: 'observe' };
      await expect(thaw(release.folder, observing, directory)).rejects.toThrow('other settings: mode');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it.each(['settings.json', 'sandbox/settings.json'])('%s is a document that can still be read', (file) => {
    expect(parseSettings(release.json(file))).toMatchObject({ ok: true });
  });
});
