import { describe, expect, it } from 'vitest';
import { linkPath } from '../../functions/contracts/link.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { buildApp } from '../../functions/web/app.ts';
import { mailto } from '../../functions/web/owners.ts';
import { aCase, inGrace, NEWER, newer, OLDER } from '../fakes/cases.ts';
import { macOf } from '../fakes/claims.ts';
import { HOSTILE_TAGS } from '../fakes/hostile.ts';
import { page } from '../fakes/page.ts';

async function shown(more: Partial<Case>) {
  const world = page(aCase(more));
  const token = await world.link();
  const answer = await buildApp(world.ports).request(linkPath('decide', token));
  return { token, text: await answer.text() };
}

const tags = (...values: string[]) => ({ owners: values.map((value) => ({ key: 'Owner', value })) });

/** The address of the only link on a page, as a browser reads it. */
function linkOn(text: string): URL | null {
  const found = [...text.matchAll(/<a href="(mailto:[^"]*)"/g)];
  expect(text.split('<a ').length - 1).toBe(found.length);
  const [href] = found.map(([, one = '']) => one.replaceAll('&amp;', '&').replaceAll('&#39;', "'"));
  return href === undefined ? null : new URL(href);
}

describe('who is responsible', () => {
  it('is on the page in full, with the name of each tag', async () => {
    const value = `Payments & Risk \u00e9quipe ${'x'.repeat(60)}`;
    const { text } = await shown({
      owners: [
        { key: 'Team', value },
        { key: 'Application', value: 'shop' },
      ],
    });
    expect(text).toContain(`<li>Team: <bdi>${value.replace('&', '&amp;')}</bdi></li>`);
    expect(text).toContain('<li>Application: <bdi>shop</bdi></li>');
    expect(text).toContain('Solekey decides nothing by them.');
    expect(linkOn(text)).toBeNull();
  });

  it('is left out without a tag', async () => {
    expect((await shown({})).text).not.toContain('responsible');
    expect((await shown({ owners: [] })).text).not.toContain('responsible');
  });

  it('can be asked by mail where the tag is an address, without token, link or whole key id', async () => {
    const { text, token } = await shown(tags('alice+keys@example.com'));
    const link = linkOn(text);
    expect(link?.pathname).toBe('alice%2Bkeys@example.com');
    expect([...(link?.searchParams.keys() ?? [])]).toEqual(['subject', 'body']);
    expect(link?.searchParams.get('subject')).toBe('Access keys of IAM user ci-deploy in prod-payments');
    const body = link?.searchParams.get('body') ?? '';
    expect(body).toContain('has 2 active access keys; only one is allowed.\r\n\r\n...MPLE: created');
    for (const secret of [token, ...macOf(token), 'http', NEWER, OLDER]) {
      expect(body).not.toContain(secret);
    }
  });

  it('can be asked while a key is off, and not when nothing is open', async () => {
    const off = linkOn((await shown({ ...inGrace(), ...tags('a@example.com') })).text);
    expect(off?.searchParams.get('body')).toContain('Does your software still need it');
    const calm = await shown({ keys: [newer()], ...tags('a@example.com') });
    expect(calm.text).toContain('<bdi>a@example.com</bdi></li>');
    expect(linkOn(calm.text)).toBeNull();
  });
});

describe('a hostile tag on the page', () => {
  it.each(Object.entries(HOSTILE_TAGS))('is only text: %s', async (_name, value) => {
    const calm = (await shown({ owners: [{ key: 'Owner', value: 'x' }] })).text;
    const { text } = await shown({ owners: [{ key: value, value }] });
    expect(linkOn(text)).toBeNull();
    // Not one element or attribute more than with a harmless tag.
    expect(text.match(/<[^>]*>/g)).toEqual(calm.match(/<[^>]*>/g));
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  });

  it('adds nothing to a mail, whatever a text in it holds', () => {
    const evil = 'x\r\nBcc: evil@example.com&bcc=evil@example.com?to=b#';
    const link = new URL(mailto('a@example.com', { subject: evil, body: [evil, ''] }));
    expect(link.pathname).toBe('a@example.com');
    expect(link.hash).toBe('');
    expect([...link.searchParams]).toEqual([
      ['subject', evil],
      ['body', `${evil}\r\n`],
    ]);
  });
});
