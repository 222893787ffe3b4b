/** Examples for docs/data-topic.md and docs/events.md, made by the code that makes the real ones. */
import type { NoticeKind } from '../../../functions/core/case/case.ts';
import type { HistoryEvent } from '../../../functions/core/case/history.ts';
import {
  type CaseEvent,
  type CaseEventKind,
  caseEvents,
} from '../../../functions/core/messages/case-events.ts';
import { type DataMessage, renderNews } from '../../../functions/core/messages/news.ts';
import { VARIANTS } from '../../core/messages/mail-variants.ts';
import { aCase, inGrace, NEWER, NOW, newer, OLDER, POLICY } from '../../fakes/cases.ts';

/** For each notice, the mail whose copy is shown. */
const MAIL = {
  detected: 'detected-medium',
  rotation: 'rotation',
  reminder: 'reminder',
  escalated: 'escalated',
  'asked-again': 'again-keys-changed',
  deactivated: 'deactivated',
  'deletion-announced': 'deletion-announced',
  'confirm-deletion': 'confirm-deletion',
  held: 'held-no-active-key',
  restored: 'restored',
  'exception-ending': 'exception-ending',
  closed: 'closed-remediated',
} as const satisfies Record<NoticeKind, string>;

/** A message of each kind. */
export const MESSAGES: readonly (readonly [NoticeKind, DataMessage])[] = Object.entries(MAIL).map(
  ([kind, name]) => {
    const context = VARIANTS[name];
    if (context?.kind !== kind) {
      throw new Error(`there is no mail "${name}" of the kind "${kind}"`);
    }
    return [context.kind, renderNews(context)];
  },
);

const grace = inGrace();
const EVENT = {
  'case-detected': [aCase(), { code: 'opened' }],
  'case-decided': [
    { ...aCase(), phase: 'approved', decision: grace.decision },
    { code: 'decided', by: 'platform-lead', keyId: NEWER },
  ],
  'key-deactivated': [grace, { code: 'deactivated', keyId: OLDER }],
  'key-deleted': [
    {
      ...grace,
      phase: 'deleting',
      keys: [newer()],
      progress: { [OLDER]: { ...grace.progress[OLDER], deleted: NOW } },
    },
    { code: 'deleted', keyId: OLDER },
  ],
} as const satisfies Record<CaseEventKind, readonly [object, HistoryEvent]>;

/** An event of each kind. */
export const EVENTS: readonly CaseEvent[] = Object.values(EVENT).flatMap(([current, event], index) =>
  caseEvents({ ...grace, ...current }, { n: grace.version + 2 * index, at: NOW, events: [event] }, POLICY),
);

/** Wide enough for a key on one line. */
const WIDTH = 160;

/** JSON with each part on one line that has room for it. */
export function compactJson(value: unknown, indent = ''): string {
  const line = inline(value);
  if (typeof value !== 'object' || value === null || indent.length + line.length <= WIDTH) {
    return indent === '' && typeof value === 'object' ? broken(value as object, indent) : line;
  }
  return broken(value, indent);
}

function inline(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(inline).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(
      ([field, inner]) => `${JSON.stringify(field)}: ${inline(inner)}`,
    );
    return `{${fields.join(', ')}}`;
  }
  return JSON.stringify(value);
}

function broken(value: object, indent: string): string {
  const more = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((inner) => `${more}${compactJson(inner, more)}`)
    : Object.entries(value).map(
        ([field, inner]) => `${more}${JSON.stringify(field)}: ${compactJson(inner, more)}`,
      );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}

const block = (value: unknown) => `\`\`\`json\n${compactJson(value)}\n\`\`\``;

/** The last section of each page, as `npm run schemas` writes it. */
export const SECTIONS: Readonly<Record<string, string>> = {
  'docs/data-topic.md': MESSAGES.map(([kind, message]) => `\`${kind}\`:\n\n${block(message)}`).join('\n\n'),
  'docs/events.md': EVENTS.map(({ detailType, detail }) => {
    const envelope = { source: 'solekey', 'detail-type': detailType, detail };
    return `\`${detailType}\`:\n\n${block(envelope)}`;
  }).join('\n\n'),
};

const HEADING = '\n## Examples\n\n';

/** The page with the examples of today in its last section. */
export function withExamples(page: string, text: string): string {
  const [before, ...after] = text.split(HEADING);
  if (after.length !== 1) {
    throw new Error(`${page} must have one section "Examples"`);
  }
  return `${before}${HEADING}${SECTIONS[page] ?? ''}\n`;
}
