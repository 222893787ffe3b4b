import { describe, expect, it } from 'vitest';
import type { NoticeContext } from '../../../functions/core/messages/context.ts';
import { renderMail } from '../../../functions/core/messages/mail.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { mailOf, VARIANTS } from './mail-variants.ts';

const EACH = Object.entries(VARIANTS);

/** The same mail in an account whose people live by another clock. */
function inZone(context: NoticeContext, zone: string): ReturnType<typeof renderMail> {
  return renderMail({
    ...context,
    policy: { ...context.policy, digest: { ...context.policy.digest, zone } },
  });
}

/** A text without the zone's times, on one line, because longer lines are broken elsewhere; columns are as wide as they were. */
function withoutZone(text: string, zone: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replaceAll(new RegExp(` \\((?:\\d+ \\w{3}, )?\\d\\d:\\d\\d in ${zone}\\)`, 'g'), '')
    .replaceAll(new RegExp(`\\((?:\\d+ \\w{3}, )?\\d\\d:\\d\\d in ${zone}, `, 'g'), '(');
}

describe('a mail to people with another clock', () => {
  it('reads as agreed', async () => {
    const { subject, body } = inZone(VARIANTS['detected-high'] as NoticeContext, 'Europe/Berlin');
    await expect(`Subject: ${subject}\n\n${body}`).toMatchFileSnapshot('golden/detected-in-berlin.txt');
  });

  it.each(EACH)('%s has each time in UTC and beside it theirs, and else the same words', (_name, context) => {
    for (const zone of ['Europe/Berlin', 'Asia/Kolkata', 'Pacific/Kiritimati']) {
      const [utc, there] = [renderMail(context), inZone(context, zone)];
      expect(there.subject).toBe(utc.subject);
      expect(withoutZone(there.body, zone)).toBe(withoutZone(utc.body, zone));
      const times = there.body.replace(/\s+/g, ' ').match(/\d\d:\d\d UTC.{0,18}/g) ?? [];
      expect(times.filter((time) => !/UTC \((?:\d+ \w{3}, )?\d\d:\d\d in/.test(time))).toEqual([]);
    }
  });

  it('has no other words where the clocks show the same as in UTC', () => {
    for (const [, context] of EACH) {
      expect(inZone(context, 'Africa/Abidjan')).toEqual(renderMail(context));
    }
  });

  it('names the whole last use of a key, however long the name of the zone is', () => {
    const context = mailOf('detected', (VARIANTS['detected-high'] as NoticeContext).current);
    const zone = 'America/Argentina/Buenos_Aires';
    expect(inZone(context, zone).body).toContain(
      `used today at 14:10 UTC (11:10 in ${zone}) for S3 in eu-west-1\n`,
    );
  });

  it('goes by the clocks of the time it speaks of, not of the time it is sent', () => {
    const since = (unknownSince: string) => {
      const held = (VARIANTS['held-unknown'] as NoticeContext).current;
      return inZone(mailOf('held', { ...held, unknownSince }), 'Europe/Berlin').body;
    };
    const before = '2026-10-24T12:00:00.000Z';
    expect(since(before)).toContain('since 24 Oct 2026, 12:00 UTC (14:00 in Europe/Berlin).');
    expect(since(plus(before, DAY))).toContain('since 25 Oct 2026, 12:00 UTC (13:00 in Europe/Berlin).');
  });
});
