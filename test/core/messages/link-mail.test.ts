import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import { type LinkMailContext, renderLinkMail } from '../../../functions/core/messages/link-mail.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { ACCOUNT, aCase, NOW, POLICY } from '../../fakes/cases.ts';

const recipient = { id: 'sec-lead', name: 'Security lead', email: 'security@example.com' };
const LINK = { url: 'https://keys.example.com/c/v1.abc', expires: plus(NOW, 14 * DAY) };
const closed = aCase({ phase: 'closed', closedAs: 'remediated' });

const about = (more: Partial<LinkMailContext>): LinkMailContext => ({
  current: aCase(),
  policy: POLICY,
  recipient,
  why: 'expired',
  link: LINK,
  now: NOW,
  ...more,
});

const FOOT = /\n(\[.\] stands|This link (is personal|only shows)|To check in)/;

describe('a mail with a link that was asked for', () => {
  it.each<[string, Partial<LinkMailContext>]>([
    ['link-renewed', {}],
    ['link-to-hand-on', { why: 'view', link: { ...LINK, url: 'https://keys.example.com/v/v1.abc' } }],
    ['link-of-closed-case', { link: null, current: closed }],
    ['link-of-replaced-case', { link: null }],
  ])('reads well: %s', async (name, more) => {
    const { subject, body } = renderLinkMail(about(more));
    await expect(`Subject: ${subject}\n\n${body}`).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it.each<[string, Partial<LinkMailContext>]>([
    ['a link', {}],
    ['a row', { why: 'row' }],
    ['a link to hand on', { why: 'view' }],
    ['no link', { link: null, current: closed }],
    ['no link but a newer case', { link: null, current: aCase({ number: 4 }) }],
    ['in observe mode', { policy: { ...POLICY, mode: 'observe' } }],
    ['a long name', { current: aCase({ userName: 'x'.repeat(64) }) }],
    ['a name of other signs', { current: aCase({ userName: "a+b=c,d.e@f-g'" }) as Case }],
  ])('keeps the rules of mails: %s', (_what, more) => {
    const context = about(more);
    const { subject, body } = renderLinkMail(context);
    expect(subject).toMatch(/^\[Solekey\] [\x20-\x7e]{1,89}$/);
    expect(body).toMatch(/^[\n\x20-\x7e]+\n$/);
    expect(body.split('https://').length - 1).toBe(context.link === null ? 0 : 1);
    expect(body).toContain(`in account ${ACCOUNT} `);
    const text = body.slice(0, body.search(FOOT)).replace(/https:\S+/, '');
    expect(text.trim().split(/\s+/).length).toBeLessThan(60);
  });

  it('is personal, unless it was made to be handed on', () => {
    const personal = 'do not forward it.';
    expect(renderLinkMail(about({ why: 'row' })).body).toContain(personal);
    expect(renderLinkMail(about({ why: 'view' })).body).not.toContain(personal);
  });
});
