import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../../functions/core/case/history.ts';
import { caseEvents } from '../../../functions/core/messages/case-events.ts';
import { lastFour } from '../../../functions/core/model/observation.ts';
import { plus } from '../../../functions/core/model/time.ts';
import { aCase, inGrace, NEWER, NOW, OLDER, POLICY, THIRD } from '../../fakes/cases.ts';

const at = plus(NOW, -60);
const eventsOf = (...events: HistoryEvent[]) => caseEvents(inGrace(), { n: 9, at, events }, POLICY);

describe('what a history entry tells other programs', () => {
  it.each([
    ['opened', 'Solekey Case Detected', 'case-detected'],
    ['reopened', 'Solekey Case Detected', 'case-detected'],
    ['decided', 'Solekey Case Decided', 'case-decided'],
    ['deactivated', 'Solekey Key Deactivated', 'key-deactivated'],
    ['deleted', 'Solekey Key Deleted', 'key-deleted'],
  ] as const)('%s is told as "%s"', (code, detailType, event) => {
    expect(eventsOf({ code, keyId: OLDER, by: 'sec-lead' })).toMatchObject([
      { detailType, detail: { event } },
    ]);
  });

  it.each(['deactivating', 'delete-claimed', 'off-without-us', 'gone-without-us', 'told', 'closed'] as const)(
    '%s is nobody else’s business',
    (code) => {
      expect(eventsOf({ code, keyId: OLDER })).toEqual([]);
    },
  );

  it('an event about a key names it by its end, an event about the case names none', () => {
    const [key, decided] = eventsOf(
      { code: 'deactivated', keyId: THIRD },
      { code: 'decided', by: 'sec-lead', keyId: NEWER },
    );
    expect(key?.detail.keyEndsIn).toBe(lastFour(THIRD));
    expect(decided?.detail.keyEndsIn).toBe(null);
    expect(eventsOf({ code: 'deactivated' })[0]?.detail.keyEndsIn).toBe(null);
  });

  it('has the time and version of the entry, and an id of its own within it', () => {
    const made = eventsOf(
      { code: 'grace' },
      { code: 'deactivated', keyId: OLDER },
      { code: 'deactivated', keyId: THIRD },
    );
    expect(made.map(({ detail }) => [detail.id, detail.at, detail.caseVersion])).toEqual(
      [1, 2].map((index) => [`123456789012/AIDACKCEVSQ6C2EXAMPLE/9/${index}`, at, 9]),
    );
    expect(made).toEqual(eventsOf(...[{ code: 'grace' as const }, ...made.map(again)]));
  });

  it('names no key, link or token in full', () => {
    const text = JSON.stringify([
      ...eventsOf({ code: 'deleted', keyId: OLDER }),
      ...caseEvents(aCase(), { n: 1, at, events: [{ code: 'opened' }] }, POLICY),
    ]);
    for (const id of [NEWER, OLDER, THIRD]) {
      expect(text).not.toContain(id);
    }
    expect(text).not.toMatch(/https?:|v1\.|token|link/i);
  });
});

function again({ detail }: { readonly detail: { readonly keyEndsIn: string | null } }): HistoryEvent {
  return { code: 'deactivated', keyId: detail.keyEndsIn === lastFour(OLDER) ? OLDER : THIRD };
}
