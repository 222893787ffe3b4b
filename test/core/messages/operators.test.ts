/** The mail to operators: what happened, what to do first, and never a link or the reason. */
import { describe, expect, it } from 'vitest';
import type { NewsContext } from '../../../functions/core/messages/context.ts';
import { renderForOperators } from '../../../functions/core/messages/for-operators.ts';
import { renderMail } from '../../../functions/core/messages/mail.ts';
import { NEWER, OLDER } from '../../fakes/cases.ts';
import { VARIANTS } from './mail-variants.ts';
import { MOST_WORDS, wordsIn } from './words-in.ts';

const NAMES = [
  'deactivated-compromised',
  'deactivated-none-kept-compromised',
  'restored-compromised',
  'deactivated-own-key',
  'deactivated-own-key-compromised',
  'exception-own-keys',
] as const;

describe.each(NAMES)('operators are told: %s', (name) => {
  const { recipient: _person, link: _link, ...context } = VARIANTS[name] ?? {};
  const { subject, body } = renderForOperators(context as NewsContext);

  it('reads as agreed', async () => {
    await expect(`Subject: ${subject}\n\n${body}`).toMatchFileSnapshot(`golden/operators-${name}.txt`);
  });

  it('has the subject of the mail to approvers, no link, no key and no reason', () => {
    expect(subject).toBe(renderMail(VARIANTS[name] as Parameters<typeof renderMail>[0]).subject);
    expect(body).not.toMatch(/https?:|compromised/);
    expect(body).not.toContain(NEWER);
    expect(body).not.toContain(OLDER);
    expect(wordsIn(body)).toBeLessThanOrEqual(MOST_WORDS);
  });
});
