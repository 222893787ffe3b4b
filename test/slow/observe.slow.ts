import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Case } from '../../functions/core/case/case.ts';
import { factsDigest, factsOf } from '../../functions/core/case/facts.ts';
import { type Launched, launchWorld } from '../../sandbox/launch/launch.ts';
import { SHORT_SETTINGS } from '../../sandbox/launch/settings.ts';
import { openPage } from '../../sandbox/story/page.ts';
import { eventually, messageFor, Stack, type Violator } from '../e2e/stack.ts';

const MAIL_WITHIN_MS = 120_000;
const FUNCTIONS = ['Reconcile', 'Approve', 'Sweep', 'Evaluate'];
const WRITES = ['iam:UpdateAccessKey', 'iam:DeleteAccessKey'];

describe('deployed in observe mode', () => {
  let launched: Launched;
  let stack: Stack;
  let violator: Violator;
  let links: string[];

  beforeAll(async () => {
    launched = await launchWorld({
      say: () => undefined,
      settings: { ...SHORT_SETTINGS, mode: 'observe', notifyAfter: 'PT0S', rotationWindow: 'PT0S' },
    });
    stack = new Stack(launched);
    violator = await stack.violator('only-observed', 'heard');
    const { userName } = violator;
    const mails = await Promise.all(
      launched.settings.approvers.map(({ email }) =>
        launched.inbox.waitFor({ recipient: email, containing: userName }, MAIL_WITHIN_MS),
      ),
    );
    // Where nothing is changed, everything comes in a digest, whose list leads to the case.
    links = await Promise.all(
      mails.map(async ({ link }) => {
        const { url, html } = await openPage(link ?? '');
        const [, row = ''] = /href="([^"]+\/AIDA[^"]+)"/.exec(html) ?? [];
        return new URL(row, url).href;
      }),
    );
  });
  afterAll(() => launched?.stop());

  const active = () => Object.fromEntries(violator.keys.map((id) => [id, 'Active']));

  it('each approver is mailed a link of their own, behind which the proposal is shown without a form', async () => {
    expect(new Set(links).size).toBe(launched.settings.approvers.length);
    for (const link of links) {
      const { status, html, forms } = await openPage(link);
      expect(status).toBe(200);
      expect(html).toContain('Our proposal');
      expect(html).toContain('Solekey is in observe mode in this account');
      expect(html).toContain('Nothing can be decided here');
      expect([forms, html.includes('<form')]).toEqual([[], false]);
      const head = await fetch(link, { method: 'HEAD' });
      expect([head.status, await head.text()]).toEqual([200, '']);
    }
  });

  it('an answer that would fit exactly is refused, stored nowhere, and changes no key', async () => {
    const before = await stack.everything();
    const current = before.find(({ sk }) => sk === 'CASE')?.case as Case;
    const [terms] = current.shownTerms ?? [];
    if (terms === undefined) {
      throw new Error('the case should remember the terms of its page');
    }
    const [older, newer] = violator.keys;
    const fields = { keep: newer, off: older.slice(-4), facts: factsDigest(factsOf(current), terms) };
    for (const link of links) {
      const answer = await fetch(link, { method: 'POST', body: new URLSearchParams(fields) });
      const html = await answer.text();
      expect(answer.status).toBe(409);
      expect(html).toContain('This link only shows the list');
      expect(html).toContain('Nothing was changed.');
      expect(html).not.toContain('<form');
    }
    const requests = (items: readonly Record<string, unknown>[]) =>
      items.filter(({ pk }) => String(pk).startsWith('DECISION#'));
    expect(requests(await stack.everything())).toEqual([]);
    expect(await stack.statusOf(violator)).toEqual(active());
  });

  it('after further looks the keys are as they were, and no function has written to IAM', async () => {
    const { counts } = launched.world.gateway;
    const looks = () =>
      counts.count({
        service: 'iam',
        action: 'ListAccessKeys',
        caller: stack.output('ReconcileFunctionName'),
        outcome: 'ok',
      });
    const before = looks();
    const again = { ...violator.record, eventID: crypto.randomUUID() };
    expect(await stack.reconcile(messageFor(again))).toEqual({ batchItemFailures: [] });
    await launched.sweep();
    await eventually(
      async () => looks(),
      (count) => count > before,
    );
    for (const name of FUNCTIONS) {
      const calls = counts.calls({ service: 'iam', caller: stack.output(`${name}FunctionName`) });
      expect(calls.filter(({ action }) => !/^(Get|List|Generate)/.test(action))).toEqual([]);
    }
    expect(counts.count({ service: 'iam', action: 'UpdateAccessKey' })).toBe(0);
    expect(counts.count({ service: 'iam', action: 'DeleteAccessKey' })).toBe(0);
    expect(await stack.statusOf(violator)).toEqual(active());
  });

  it('no role in the template holds a right to change a key', () => {
    const roles = Object.values(launched.assembly.template.Resources).filter(({ Type }) =>
      /^AWS::IAM::(Role|Policy|ManagedPolicy|RolePolicy)$/.test(Type),
    );
    const allowed = roles.flatMap((resource) => allowedIn(resource.Properties));
    expect(allowed).toContain('iam:ListAccessKeys');
    for (const pattern of allowed) {
      const covers = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');
      expect(WRITES.filter((right) => covers.test(right))).toEqual([]);
    }
  });
});

/** Every action that a statement anywhere in here allows; what a statement allows by leaving out is everything. */
function allowedIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const { Effect, Action, NotAction } = value as Record<string, unknown>;
  if (Effect === 'Allow') {
    return NotAction === undefined ? [Action].flat().map(String) : ['*'];
  }
  return Object.values(value).flatMap(allowedIn);
}
