import { describe, expect, it } from 'vitest';
import { MACHINES } from '../../../functions/core/case/case.ts';
import { renderNews } from '../../../functions/core/messages/news.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { aCase, inGrace, NOW } from '../../fakes/cases.ts';
import { mailOf, VARIANTS } from './mail-variants.ts';

const EACH = Object.entries(VARIANTS);

/** Text that a chat program would make a link, a mention or markup of. */
const ALIVE = /https?:|www\.|\w\.\w|@|[<>&`*~|]/;

/** Names that IAM allows for a user. */
const NAMES = ['solekey-login.com', 'alice@example.com', '@here', 'a.b@c.d', 'x..y', '.hidden.', '_bold_.io'];

describe('the text for a chat', () => {
  it.each(EACH)('%s follows the schema of Amazon Q, and is no link, mention or markup', (_name, context) => {
    const { content, metadata, version, source } = renderNews(context);
    expect([version, source]).toEqual(['1.0', 'custom']);
    for (const text of [content.title, metadata.summary, content.description, ...(content.nextSteps ?? [])]) {
      expect(text).not.toBe('');
      expect(text.length).toBeLessThan(1000);
      expect(text.replace(/\.\.\.\w{4}/g, '')).not.toMatch(ALIVE);
    }
    expect(metadata.eventType).toMatch(/^[a-zA-Z0-9-]+$/);
  });

  it.each(NAMES)('a user may be called %s, and still none comes of it', (userName) => {
    for (const [, { kind, current, policy }] of EACH) {
      const { content, metadata } = renderNews(mailOf(kind, { ...current, userName }, { policy }));
      for (const text of [content.title, metadata.summary, content.description]) {
        expect(text.replace(/\.\.\.\w{4}/g, '')).not.toMatch(ALIVE);
      }
    }
  });

  it('all messages of a case are one thread, and those of the next case another', () => {
    const thread = (number: number, kind: 'detected' | 'closed') =>
      renderNews(mailOf(kind, aCase({ number }))).metadata.threadId;
    expect(thread(3, 'detected')).toBe(thread(3, 'closed'));
    expect(thread(3, 'detected')).not.toBe(thread(4, 'detected'));
  });

  it('a copy that is made later has the same id', () => {
    const owed = [
      { kind: 'detected' as const, recipient: 'sec-lead', since: plus(NOW, -2 * DAY) },
      { kind: 'detected' as const, recipient: MACHINES, since: plus(NOW, -DAY) },
    ];
    const ids = [NOW, plus(NOW, 60)].map(
      (now) => renderNews(mailOf('detected', aCase({ owed }), { now })).id,
    );
    expect(new Set(ids)).toEqual(
      new Set([`solekey-123456789012-AIDACKCEVSQ6C2EXAMPLE-3-detected-${plus(NOW, -DAY)}`]),
    );
  });

  it('says what approvers can do from their own mail, and nothing where there is nothing to do', () => {
    const steps = (context: Parameters<typeof renderNews>[0]) => renderNews(context).content.nextSteps;
    expect(steps(mailOf('detected', aCase()))).toEqual(['Each approver can decide from their own mail.']);
    expect(steps(mailOf('deactivated', inGrace()))).toEqual([
      'Each approver can reactivate the key from their own mail.',
    ]);
    expect(steps(mailOf('closed', aCase({ phase: 'closed', closedAs: 'by-owner' })))).toBe(undefined);
    expect(steps(VARIANTS['detected-observe'] ?? mailOf('closed', aCase()))).toEqual([
      'Solekey only observes this account: it changes no key.',
    ]);
  });
});
