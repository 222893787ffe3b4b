import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Case } from '../../../functions/core/case/case.ts';
import { switchOnCommand } from '../../../functions/core/messages/commands.ts';
import type { NoticeContext } from '../../../functions/core/messages/context.ts';
import { renderMail } from '../../../functions/core/messages/mail.ts';
import { renderNews } from '../../../functions/core/messages/news.ts';
import { eventWords } from '../../../functions/core/messages/subject.ts';
import { lastFour } from '../../../functions/core/model/observation.ts';
import { DAY, plus } from '../../../functions/core/model/time.ts';
import { administrator, anAbout } from '../../fakes/about.ts';
import {
  ACCOUNT,
  aCase,
  aDecision,
  confirmedAt,
  inGrace,
  key,
  NEWER,
  NOW,
  OLDER,
  POLICY,
  THIRD,
} from '../../fakes/cases.ts';
import { HOSTILE_TAGS } from '../../fakes/hostile.ts';
import { MATRIX } from './mail-matrix.ts';
import { ESCALATING, inUse, lastDay, mailOf, VARIANTS } from './mail-variants.ts';
import { FOOT, isCopied, MOST_WORDS, paragraphs, wordsIn } from './words-in.ts';

const KEYS = [NEWER, OLDER, THIRD];
const EACH = Object.entries(VARIANTS);
const ALL = [
  ...EACH,
  ...Object.entries(MATRIX).flatMap(([kind, mails]) =>
    Object.entries(mails).map(([name, context]): [string, NoticeContext] => [`${kind}, ${name}`, context]),
  ),
];

/** A line about one key, as `KEEP ...MPLE: used today`. */
const KEY_LINE = /^(?:[A-Z]+ )?\.\.\.\w{4}: /;

/** Lines that end within a sentence: a phone breaks lines itself. */
function brokenLines(body: string): string[] {
  return paragraphs(body)
    .flatMap((text) => text.split('\n'))
    .filter((line) => !isCopied(line) && !KEY_LINE.test(line) && !/[.:?]$/.test(line));
}

/** Words and signs that are in no mail. */
const NEVER = [
  /\n{3}|undefined|null|NaN|Invalid|\b(wake|due|reconciler?s?|observation)\b/,
  /\b1 (days|hours|minutes|seconds|keys)\b|\bone active access keys|\s(?:[,;:]|\.(?!\.))/,
];

/** The rules for every mail, whatever it is about, that this one breaks. Without an `expect` each, of which there would be a million. */
function broken(
  { subject, body }: ReturnType<typeof renderMail>,
  { link, current, policy }: NoticeContext,
): string[] {
  const lines = body.split('\n');
  const rules: Readonly<Record<string, boolean>> = {
    'a subject of printable ASCII': /^[\x20-\x7e]{1,99}$/.test(subject),
    'the name in the subject': subject.includes(current.userName.slice(0, 8)),
    'a body of printable ASCII': /^[\n\x20-\x7e]+\n$/.test(body),
    'one address if there is a link, else none':
      body.split('https://').length - 1 === (link === null ? 0 : 1),
    'the link on a line of its own': link === null || lines.includes(link),
    'no key': KEYS.every((id) => !(subject + body).includes(id)),
    'no line that ends within a sentence': brokenLines(body).length === 0,
    'the beginning that all mails of the case have': subject.startsWith(beginning(current, policy)),
    'no table': !body.includes('  '),
    'no blank at the end of a line': lines.every((line) => line === line.trimEnd()),
    'nothing that is in no mail': NEVER.every((pattern) => !pattern.test(body)),
    'the account': body.includes(`in account ${ACCOUNT} `),
    'the command to check': body.includes('aws iam list-access-keys --user-name'),
    'no pictures': !/\p{Extended_Pictographic}/u.test(subject.toLowerCase() + body),
  };
  return Object.keys(rules).filter((rule) => !rules[rule]);
}

/** The beginning of every subject of a case, as the end of the case has it. */
function beginning(current: Case, policy: NoticeContext['policy']): string {
  const { subject } = renderMail(mailOf('closed', { ...current, closedAs: 'user-gone' }, { policy }));
  return subject.slice(0, subject.indexOf(': ') + 2);
}

function holdsForAll(context: NoticeContext): void {
  const mail = renderMail(context);
  expect(broken(mail, context), `${mail.subject}\n\n${mail.body}`).toEqual([]);
}

/** Each kind of notice under each policy, once. */
const SENDINGS = [
  ...new Map(EACH.map(([, { kind, policy }]) => [JSON.stringify([kind, policy]), { kind, policy }])).values(),
];

describe('every mail', () => {
  it.each(EACH)('%s reads as agreed', async (name, context) => {
    const { subject, body } = renderMail(context);
    await expect(`Subject: ${subject}\n\n${body}`).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it.each(Object.entries(MATRIX))('%s reads as agreed under every setting', async (kind, mails) => {
    const text = Object.entries(mails).map(([name, context]) => {
      const { subject, body } = renderMail(context);
      return `## ${name}\n\nSubject: ${subject}\n\n${body}`;
    });
    await expect(text.join('\n')).toMatchFileSnapshot(`golden/each-setting/${kind}.txt`);
  });

  it.each(ALL)('%s keeps to the rules', (_name, context) => {
    holdsForAll(context);
  });

  it.each(ALL)('%s is short enough for somebody at 2 am', (_name, context) => {
    const { body } = renderMail(context);
    expect(body).toMatch(FOOT);
    expect(wordsIn(body), body).toBeLessThanOrEqual(MOST_WORDS);
  });

  it.each(EACH)('%s keeps to them with the longest and oddest names', (_name, context) => {
    const { current, policy } = context;
    const userName = `svc+=,.@-${'x'.repeat(119)}`;
    const names = {
      ...current,
      userName,
      owners: [{ key: 'Owner', value: 'W'.repeat(40) }],
      origins: { [NEWER]: { createdBy: 'r/'.repeat(70), at: current.opened } },
    };
    const person = { id: 'sec-lead', name: `${'ß'.repeat(30)} 🔑\u202e`, email: 'a@example.com' };
    holdsForAll({
      ...context,
      current: names,
      policy: { ...policy, accountName: 'a'.repeat(40), approvers: [person] },
    });
  });

  it.each(EACH)('%s keeps to them even if it is sent when the case has moved on', (_name, { current }) => {
    for (const { kind, policy } of SENDINGS) {
      holdsForAll(mailOf(kind, current, { policy }));
    }
  });

  it.each(EACH)('%s is the same with any hostile owner, but for where to see it', (_name, context) => {
    const { owners: _owners, ...current } = context.current;
    const calm = { ...context, current };
    const words = renderMail(calm).body.replace(/\s+/g, ' ');
    for (const value of Object.values(HOSTILE_TAGS)) {
      const hostile = { ...context, current: { ...current, owners: [{ key: value, value }] } };
      holdsForAll(hostile);
      const { subject, body } = renderMail(hostile);
      expect(subject).toBe(renderMail(calm).subject);
      expect(body.replace(/\s+/g, ' ').replaceAll(' (owner: see the page)', '')).toBe(words);
      expect(body.includes('see the page')).toBe(context.link !== null && body.includes('IAM user'));
      expect(JSON.stringify(renderNews(hostile))).toBe(JSON.stringify(renderNews(calm)));
    }
  });

  it.each(EACH)('%s is the same about any hostile policy, but for where to see it', (_name, context) => {
    const calm = { ...context, evidence: { about: anAbout() } };
    const words = renderMail(calm).body.replace(/\s+/g, ' ');
    for (const policy of Object.values(HOSTILE_TAGS)) {
      const hostile = { ...context, evidence: { about: anAbout({ privilege: administrator(policy) }) } };
      holdsForAll(hostile);
      const { subject, body } = renderMail(hostile);
      expect(subject).toBe(renderMail(calm).subject);
      const told = body.replace(/\s+/g, ' ');
      const rest = told.replace(/This user is an administrator( \(see the page\))?\. /, '');
      expect(rest).toBe(words);
      expect(told.includes('see the page')).toBe(told !== rest && context.link !== null);
      expect(JSON.stringify(renderNews(hostile))).toBe(JSON.stringify(renderNews(calm)));
    }
  });

  it('says to everybody who is asked that a user is an administrator, and nothing of anybody else', () => {
    const asking = ['detected', 'rotation', 'reminder', 'escalated', 'asked-again', 'restored'] as const;
    const privileged = anAbout({ privilege: administrator('AdministratorAccess') });
    const mail = (kind: NoticeContext['kind'], about = privileged) =>
      renderMail(mailOf(kind, aCase(), { evidence: { about } })).body;
    for (const kind of asking) {
      expect(mail(kind)).toContain('This user is an administrator (AdministratorAccess).');
    }
    const calm = renderMail(mailOf('detected', aCase())).body;
    for (const privilege of [{ kind: 'ordinary' }, { kind: 'unknown' }] as const) {
      expect(mail('detected', anAbout({ privilege }))).toBe(calm);
    }
  });

  it('has a subject with at least eight characters of any name, in any account', () => {
    const name = fc.string({ unit: fc.constantFrom(...'aZ9+=,.@-_'), minLength: 1, maxLength: 128 });
    const place = fc.string({ unit: fc.constantFrom(...'aZ9 ._-'), minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(name, place, fc.constantFrom(...EACH), (userName, accountName, [, context]) => {
        const policy = { ...context.policy, accountName };
        const { subject } = renderMail({ ...context, policy, current: { ...context.current, userName } });
        expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/);
        expect(subject).toContain(userName.slice(0, 8));
      }),
    );
  });
});

describe('what mails say in rare cases', () => {
  const said = (current: Partial<Case>, more: Partial<NoticeContext> = {}) =>
    renderMail(mailOf(more.kind ?? 'detected', aCase(current), more));

  it('names people by their id where their name is not ASCII, and nobody by nothing', () => {
    const approvers = [{ id: 'sec-lead', name: '\u7530\u4e2d', email: 'a@example.com' }];
    expect(said({}, { policy: { ...POLICY, approvers } }).body).toContain('This link is personal, sec-lead.');
    const jorg = [{ id: 'sec-lead', name: 'J\u00f6rg', email: 'a@example.com' }];
    expect(said({}, { policy: { ...POLICY, approvers: jorg } }).body).toContain(
      'This link is personal, Jorg.',
    );
    const restored = said({ askedAgain: { code: 'restored', by: '' } }, { kind: 'restored' });
    expect(restored.body).toContain('Someone asked for a key to be reactivated.');
  });

  it('stops in general words where the record says no more', () => {
    const hold = (heldFor: Case['heldFor']) =>
      said({ phase: 'held', heldFor, progress: { [OLDER]: { deactivated: NOW } } }, { kind: 'held' });
    expect(hold('no-active-key').body).not.toContain('the key to keep');
    expect(hold('used-after-deactivation').body).toContain('Key ...3QXK of IAM user ci-deploy');
  });

  it('says how to act in IAM where the case is held meanwhile, so that a link would do nothing', () => {
    const held = { phase: 'held', heldFor: 'unknown' } as const;
    const asking = renderMail(mailOf('confirm-deletion', inGrace({}, held))).body;
    expect(asking).toContain('Nothing is deleted unless someone confirms.\n');
    expect(asking).toContain('Something broke? Reactivate ...3QXK in IAM:\naws iam update-access-key');
    const waiting = renderMail({ ...(VARIANTS.rotation as NoticeContext), link: null }).body;
    expect(waiting).toContain('the case closes on its own; otherwise we ask which one to keep.\n\nTo check');
  });

  it('says since when a confirmation is wanted only where that is on record', () => {
    const current = inGrace({}, { phase: 'awaiting-confirmation', toldAt: null });
    expect(renderMail(mailOf('confirm-deletion', current)).body).not.toContain('We asked on');
  });

  it('says since when a question is open, from its phase where nobody was told', () => {
    const reminder = said({ toldAt: null, phaseSince: plus(NOW, -DAY) }, { kind: 'reminder' });
    expect(reminder.body).toContain('We asked 24 hours ago, and nobody has decided yet.');
  });

  it('asks about many keys at once after one was reactivated', () => {
    const ids = ['A', 'B', 'C'].map((letter) => `AKIAIOSFODNN7EXAMPL${letter}`);
    const restored = said(
      {
        keys: [key(OLDER), ...ids.map((id) => key(id, 'Inactive'))],
        progress: Object.fromEntries(ids.map((id) => [id, { deactivated: NOW }])),
        askedAgain: { code: 'restored', by: 'sec-lead' },
        former: [{ digest: '', keys: [{ id: OLDER, status: 'Inactive' }], until: NOW }],
      },
      { kind: 'restored' },
    );
    expect(restored.subject).toContain(': ...3QXK reactivated, please decide again');
  });

  it('counts the keys, in a subject, too', () => {
    const keys = Array.from({ length: 12 }, (_, n) => key(`AKIAIOSFODNN7EXAM${String(n).padStart(3, '0')}`));
    expect(said({ keys }).subject).toContain('12 active access keys');
    expect(said({ keys: keys.slice(0, 8) }).subject).toContain('8 active access keys');
    const progress = Object.fromEntries(keys.slice(1).map(({ id }) => [id, { deactivated: NOW }]));
    const off = said({ keys, progress, phase: 'grace' }, { kind: 'deactivated' });
    expect(off.subject).toContain(': 11 keys deactivated');
  });

  it('names the year of a date only if it is another one', () => {
    const until = (grace: number) => {
      const current = inGrace({ graceEnds: plus(NOW, grace) });
      return renderMail(mailOf('deactivated', current)).subject;
    };
    expect(until(60 * DAY)).toContain('undo until 22 Jan 2027');
    expect(until(7 * DAY)).toMatch(/undo until 30 Nov$/);
  });

  it('cuts the account before the name, and the name only where it must', () => {
    const subject = (name: number, place: number) =>
      said(
        { userName: 'n'.repeat(name), toldAt: NOW },
        { policy: { ...ESCALATING, accountName: 'p'.repeat(place) } },
      ).subject;
    expect(subject(35, 1)).toContain(` p/${'n'.repeat(35)}: 2 active`);
    expect(subject(64, 1)).toContain(` p/${'n'.repeat(32)}...: 2 active`);
    expect(subject(20, 40)).toContain(` ${'p'.repeat(13)}.../${'n'.repeat(20)}: 2 active`);
    expect(subject(64, 40)).toContain(` ${'p'.repeat(9)}.../${'n'.repeat(21)}...: 2 active`);
  });

  const nextYear = lastDay(inUse());
  const longest = mailOf(
    'deletion-announced',
    {
      ...nextYear,
      progress: { [OLDER]: { ...nextYear.progress[OLDER], graceEnds: '2027-01-10T16:10:00.000Z' } },
    },
    { evidence: { usage: {} } },
  );

  it.each([...ALL, ['a deletion in another year', longest] as const])(
    'has room for the whole event beside the longest names: %s',
    (_name, context) => {
      const policy = { ...context.policy, accountName: 'p'.repeat(40) };
      const current = { ...context.current, userName: 'n'.repeat(64) };
      const event = eventWords(context);
      expect(renderMail({ ...context, policy, current }).subject).toBe(
        `[Solekey] ${'p'.repeat(9)}.../${'n'.repeat(21)}...: ${event}`,
      );
    },
  );

  it('needs room for the longest event', () => {
    expect(eventWords(longest)).toBe('...3QXK to be deleted on 10 Jan 2027 unless needed');
  });

  it('asks operators and approvers first to check what is done with a compromised key, whatever else is proposed', () => {
    const observed = { ...ESCALATING, mode: 'observe' as const };
    const restored = VARIANTS['restored-compromised'] as NoticeContext;
    const returned = { number: 3, how: 'reactivated', keyId: OLDER, count: 2, at: NOW } as const;
    const said = '[Solekey] prod-payments/ci-deploy: URGENT, ...3QXK active again, check its use';
    expect(renderMail(restored).subject).toBe(said);
    expect(renderMail({ ...restored, policy: observed }).subject).toBe(said);
    const returning = { ...restored, current: { ...restored.current, returned } };
    expect(renderMail(returning).subject).toBe(said);
    const two = { ...restored.current, compromised: [OLDER, NEWER] };
    expect(renderMail({ ...restored, current: two }).subject).toMatch(
      /: URGENT, 2 keys active again, check their use$/,
    );
  });

  it('says only that a key was deactivated where nobody can decide again', () => {
    const off = VARIANTS['again-used-while-off'] as NoticeContext;
    const needs = 'Key ...3QXK, which Solekey deactivated, needs a new decision.';
    expect(renderMail(off).body).toContain(needs);
    const { body } = renderMail({ ...off, policy: { ...ESCALATING, mode: 'observe' } });
    expect(body).not.toContain('new decision');
    expect(body).toContain('Solekey deactivated key ...3QXK. ');
  });

  it('names who created a key, without what does not fit a mail', () => {
    const origins = { [NEWER]: { createdBy: 'role/<b>\n\u202ex', at: NOW } };
    const policy = { ...POLICY, trustedCreators: [] };
    expect(said({ origins }, { policy }).body).toContain(
      '...MPLE was created by role/<b> x, who is not on the list',
    );
  });

  it.each([
    ['ci-deploy', 'aws iam list-access-keys --user-name ci-deploy'],
    ['-x', "aws iam list-access-keys --user-name='-x'"],
    ['a+=,.@-b', "aws iam list-access-keys --user-name='a+=,'.@'-b'"],
    ['john.smith', 'aws iam list-access-keys --user-name john"."smith'],
    ["a'; rm -rf ~; '", `aws iam list-access-keys --user-name='a'\\''; rm -rf ~; '\\'''`],
  ])('quotes %s for the shell', (userName, command) => {
    expect(said({ userName }).body).toContain(`${command}\n`);
  });

  it('gives the shell commands that reach AWS as they were meant', () => {
    const name = fc.string({ unit: fc.constantFrom(...'aZ9+=,.@-_'), minLength: 1, maxLength: 64 });
    fc.assert(
      fc.property(name, (userName) => {
        const out = ran(switchOnCommand(userName, OLDER));
        const query = "AccessKeyMetadata[?ends_with(AccessKeyId, '3QXK')].AccessKeyId";
        expect(out.at(-1)).toBe(
          `iam|list-access-keys|--user-name|${userName}|--query|${query}|--output|text`,
        );
        expect(out.slice(0, -1).join('|')).toBe(
          `iam|update-access-key|--user-name|${userName}|--status|Active|--access-key-id`,
        );
      }),
      { numRuns: 25 },
    );
  });
});

/** What the AWS CLI is given; of the command within, its arguments joined by bars. */
function ran(command: string): string[] {
  const aws =
    'aws() { if [ "$2" = list-access-keys ]; then IFS="|"; printf %s "$*"; else printf "%s\\n" "$@"; fi; }';
  const out = execFileSync('/bin/sh', ['-c', `${aws}\n${command}`], { encoding: 'utf8' });
  return out.replaceAll('--user-name=', '--user-name|').trimEnd().split('\n');
}

describe('the copy for machines', () => {
  it.each(EACH)('%s names no key, link or token', (_name, context) => {
    const { recipient: _person, link: _link, ...about } = context;
    const news = JSON.stringify(renderNews(about));
    for (const id of KEYS) {
      expect(news).not.toContain(id);
    }
    expect(news).not.toMatch(/https?:|v1\.|token|link/i);
    expect(JSON.parse(news)).toMatchObject({ notice: context.kind, account: ACCOUNT, userName: 'ci-deploy' });
  });

  it('says that it is urgent when a mail about the same does', () => {
    for (const [, context] of EACH) {
      const urgent = renderMail(context).subject.includes(': URGENT');
      expect(renderNews(context)).toMatchObject({ urgent });
    }
    expect(renderNews(VARIANTS['urgent-detected'] as NoticeContext)).toMatchObject({
      urgent: true,
      keys: [
        { createdBy: 'user/mallory', unexpectedCreator: true },
        { createdBy: null, unexpectedCreator: false },
      ],
    });
  });

  it('says what became of each key and who decided', () => {
    expect(renderNews(VARIANTS.deactivated as NoticeContext)).toMatchObject({
      phase: 'grace',
      keys: [
        { endsIn: lastFour(NEWER), status: 'Active', graceEnds: null },
        { endsIn: lastFour(OLDER), status: 'Inactive', graceEnds: '2026-11-30T15:10:00.000Z' },
      ],
      decision: { by: 'platform-lead', keepEndsIn: lastFour(NEWER), confirmed: null },
    });
    const current = inGrace({}, { decision: aDecision({ confirmed: confirmedAt(NOW) }) });
    const confirmed = { by: 'sec-lead', at: NOW };
    expect(renderNews(mailOf('deletion-announced', current))).toMatchObject({ decision: { confirmed } });
  });
});
