import { expect, it } from 'vitest';
import { parseToken } from '../../../functions/contracts/link.ts';
import { addresseeIn } from '../../../functions/core/case/mailed-to.ts';
import { linesLogged } from '../../../sandbox/story/logs.ts';
import type { Stack } from '../stack.ts';

/** Every link that was mailed in this world. */
export function links(stack: () => Stack): void {
  const mailed = () =>
    stack()
      .launched.inbox.mails()
      .flatMap(({ link, recipient }) => (link === null ? [] : [{ link, recipient }]));
  const tokenIn = (link: string) => new URL(link).pathname.split('/').at(-1) ?? '';

  it('is made for the approver to whose address it was mailed', () => {
    const { approvers } = stack().launched.settings;
    const made = mailed().map(({ link }) => {
      const claim = parseToken(tokenIn(link))?.claim;
      return claim === undefined ? 'no link' : addresseeIn(approvers, claim)?.email;
    });
    expect(made.length).toBeGreaterThan(0);
    expect(made).toEqual(mailed().map(({ recipient }) => recipient));
  });

  it('stands in no log, that of the pages included', async () => {
    const lines = [...(await linesLogged(stack().launched.world))];
    expect(lines.filter((line) => line.includes('"service":"approve"')).length).toBeGreaterThan(0);
    const tokens = [...new Set(mailed().map(({ link }) => tokenIn(link)))];
    expect(lines.filter((line) => tokens.some((token) => line.includes(token))).length).toBe(0);
  });
}
