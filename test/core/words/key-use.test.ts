import { describe, expect, it } from 'vitest';
import type { LastUsed } from '../../../functions/core/model/observation.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../functions/core/model/time.ts';
import { UTC } from '../../../functions/core/model/zone.ts';
import type { Family, KeyUsage } from '../../../functions/core/usage/usage.ts';
import { keyUse } from '../../../functions/core/words/key-use.ts';
import { MAIL, PLAIN } from '../../../functions/core/words/style.ts';
import { key, NEWER, NOW, used } from '../../fakes/cases.ts';
import { family, usage } from '../../fakes/usage.ts';

const ago = (seconds: number) => plus(NOW, -seconds);
const words = (lastUsed: LastUsed, known?: KeyUsage, created = ago(300 * DAY), style = PLAIN) =>
  keyUse(key(NEWER, 'Active', { lastUsed, created }), known, NOW, UTC, style);
const by = (...families: readonly Partial<Family>[]) => usage(families.map(family));

const never = { kind: 'never' } as const;
const unread = { kind: 'not-read' } as const;

describe('the last use in half a line', () => {
  it.each<[string, LastUsed]>([
    ['used today at 14:10 UTC for S3 in eu-west-1', used(ago(2 * HOUR))],
    ['used 20 hours ago for S3 in eu-west-1', used(ago(20 * HOUR))],
    ['not used for 2 days (last: S3 in eu-west-1)', used(ago(2 * DAY))],
    ['not used for 43 days', used(ago(43 * DAY), 'N/A', 'N/A')],
    ['used today at 16:10 UTC', used(NOW, 'N/A', 'N/A')],
    ['never used, created 300 days ago', never],
    ['last use could not be read', unread],
    [
      'last use could not be read; before that not used for 5 days (last: S3 in eu-west-1)',
      { ...unread, known: { at: ago(5 * DAY), service: 's3', region: 'eu-west-1' } },
    ],
  ])('is, as IAM alone knows it: %s', (said, lastUsed) => {
    expect(words(lastUsed)).toBe(said);
  });

  it('proves nothing about a young key', () => {
    expect(words(never, undefined, ago(2 * HOUR))).toBe('created 2 hours ago, not used yet (IAM may lag)');
  });

  it.each<[string, LastUsed, KeyUsage]>([
    [
      'used today at 14:02 UTC by GitHub Actions (S3, eu-west-1)',
      used('2026-11-23T14:02:00.000Z'),
      by({ agent: 'github-actions', last: '2026-11-23T13:50:00.000Z' }),
    ],
    [
      'not used for 43 days; then from 203.0.113.0/24 (boto3, STS)',
      used(ago(43 * DAY), 'sts'),
      by({ service: 'sts', last: ago(43 * DAY) }),
    ],
    [
      'used 26 hours ago by CloudFormation (S3, eu-west-1)',
      used(ago(50 * HOUR)),
      by({ source: { kind: 'service', service: 'cloudformation.amazonaws.com' }, last: ago(26 * HOUR) }),
    ],
    [
      'used today at 14:10 UTC by Lambda (S3, eu-west-1) and 1 other',
      used(ago(2 * HOUR)),
      by({ last: ago(9 * DAY) }, { agent: 'lambda', last: ago(2 * HOUR) }),
    ],
    [
      'used today at 16:10 UTC from 203.0.113.0/24 (boto3, S3) and 2 others',
      never,
      by({}, { agent: 'lambda', last: ago(2 * DAY) }, { agent: 'ecs', last: ago(3 * DAY) }),
    ],
    [
      'used today at 16:10 UTC from 203.0.113.0/24 (boto3, S3)',
      unread,
      by({ service: 'ecs', last: ago(DAY) }, {}),
    ],
  ])('names the consumer where the history shows that use: %s', (said, lastUsed, known) => {
    expect(words(lastUsed, known)).toBe(said);
  });

  it('names nobody for a use that the history does not show', () => {
    const seen = (before: number) => words(used(NOW), by({ last: ago(before) }));
    expect(seen(HOUR)).toContain('from 203.0.113.0/24');
    expect(seen(HOUR + MINUTE)).toBe('used today at 16:10 UTC for S3 in eu-west-1');
  });

  it('makes no link in a mail', () => {
    const evil = by({ region: 'evil.example', service: 'evil.example' });
    expect(words(never, evil, undefined, MAIL)).toBe(
      'used today at 16:10 UTC from 203[.]0[.]113[.]0/24 (boto3, evil[.]example)',
    );
    expect(words(never, by({ agent: 'ecs', region: 'evil.example' }), undefined, MAIL)).toContain(
      '(S3, evil[.]example)',
    );
  });
});
