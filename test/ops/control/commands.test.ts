/** Every command, from its command line to what it prints, in a world in memory. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { NotRead } from '../../../functions/app/health-ports.ts';
import { addressMark } from '../../../functions/core/case/requests.ts';
import type { RecorderReading } from '../../../functions/core/health/readings.ts';
import { paused } from '../../../functions/core/model/control.ts';
import type { ControlCommand } from '../../../functions/core/model/ledger.ts';
import { BY_SOLEKEY, controlFinding, ledgerFindings } from '../../../functions/core/model/ledger.ts';
import { packKey } from '../../../functions/core/records/pack/order.ts';
import { reasonFor } from '../../../functions/core/words/self-pause.ts';
import { NAMES, type Name } from '../../../ops/control/names.ts';
import { ENVELOPES } from '../../../ops/control/results.ts';
import type { Account, Subscriber } from '../../../ops/control/world.ts';
import { aCase, aDecision, NOW, USER_ID } from '../../fakes/cases.ts';
import { CALLER, ControlWorld, ran, TOPIC } from '../../fakes/control-world.ts';
import { trail } from '../../fakes/health.ts';
import { anchorObjects } from '../../fakes/kept-objects.ts';
import { LINK_NAMES, linksIn } from '../../fakes/linkifier.ts';

const WHY = ['--reason', 'incident 4711'];
const LINK = `https://sns.us-east-1.amazonaws.com/confirmation.html?TopicArn=${TOPIC}&Token=2336412f37fb687f5d51e6e2425ba1f2`;
const HEADER = 'Account 123456789012, us-east-1, stack Solekey';
const wake = JSON.stringify({ kind: 'user', account: '123456789012', userName: 'ci-deploy', attempt: 0 });

/** A world in which each command has something to do. */
function busy(): ControlWorld {
  const w = new ControlWorld();
  const approved = aCase({ phase: 'approved', decision: aDecision(), userId: 'AIDAAPPROVED' });
  w.listed = [
    { case: aCase(), rank: `4#${NOW}` },
    { case: approved, rank: `5#${NOW}` },
  ];
  w.comments = ['2024-12-31T10:00:00.000Z'];
  w.confirmation = { address: 'sec@my-company.net', protected: true };
  w.states = { 'sec@my-company.net': 'unprotected' };
  w.letters.WakesDeadLetters = [wake];
  w.objects = {
    ...anchorObjects(1, NOW, { 'decisions.jsonl': '{"kept":"AKIAIOSFODNN7EXAMPLE"}\n' }),
    [packKey(1)]: 'PK',
  };
  w.records = {
    userIdOf: async () => USER_ID,
    record: async () => ({ current: aCase(), entries: [], findings: [] }),
  };
  return w;
}

const LINES: Readonly<Record<Name, readonly string[]>> = {
  doctor: ['doctor'],
  status: ['status'],
  cases: ['cases'],
  decisions: ['decisions'],
  show: ['show', 'ci-deploy'],
  check: ['check', 'ci-deploy'],
  pause: ['pause', ...WHY],
  resume: ['resume', ...WHY],
  revoke: ['revoke', 'sec-lead', ...WHY],
  reinstate: ['reinstate', 'sec-lead', ...WHY],
  restored: ['restored', ...WHY],
  confirm: ['confirm', LINK],
  resubscribe: ['resubscribe', 'sec-lead'],
  'test-mail': ['test-mail', 'sec-lead'],
  redrive: ['redrive', 'wakes'],
  'public-key': ['public-key'],
  records: ['records', '--since', '2026-11-01', '--out', 'kept'],
  evidence: ['evidence', '--from', '2026-11-01', '--to', '2026-11-23', '--out', 'pack.zip', ...WHY],
  'wind-down': ['wind-down', ...WHY],
  erase: ['erase', '--before', '2025-01-01', ...WHY],
};

describe.each(NAMES)('%s', (name) => {
  it('says first where it runs, and then something, in words without a full key id', async () => {
    const { out, err } = await ran(busy(), ...LINES[name]);
    expect(err.split('\n')[0]).toBe(HEADER);
    expect(out).not.toBe('');
    expect(`${out}${err}`).not.toMatch(/undefined|\[object|AKIA|at \w+ \(/);
  });

  it('prints JSON that the schema allows, with nothing else on stdout', async () => {
    const plain = await ran(busy(), ...LINES[name]);
    const { out, err, code } = await ran(busy(), ...LINES[name], '--json');
    expect(() => ENVELOPES[name].parse(JSON.parse(out))).not.toThrow();
    expect([err, code]).toEqual([plain.err, plain.code]);
    expect(out).not.toMatch(/AKIA|2336412f/);
  });

  it('fails in words if AWS does', async () => {
    const broken = new Proxy(busy(), {
      get: (w, field) =>
        field === 'world'
          ? () => {
              throw Object.assign(new Error('User is not authorized'), { name: 'AccessDeniedException' });
            }
          : Reflect.get(w, field),
    });
    const { code, out, err } = await ran(broken, ...LINES[name]);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/do not have permission for this. AWS says: User is not authorized$/);
  });
});

describe('a change of the control item', () => {
  it('is recorded in the ledger, and told to the operators', async () => {
    const w = new ControlWorld();
    const paused = await ran(w, 'pause', ...WHY);
    expect(paused).toMatchObject({ code: 0, err: HEADER });
    expect(paused.out).toBe(
      `Paused since 23 Nov 2026, 16:10 UTC. No approver is revoked. Takes effect from the next evaluation and the next page.\nRecorded as entry 1 of the ledger, by ${CALLER}.`,
    );
    await ran(w, 'resume', ...WHY);
    expect(w.entries).toMatchObject([
      { number: 1, command: 'pause', by: CALLER, reason: 'incident 4711' },
      { number: 2, command: 'resume' },
    ]);
    expect([ledgerFindings(w.entries), controlFinding(w.content, w.entries[1] ?? null)]).toEqual([[], null]);
    expect(w.told.map(({ subject }) => subject)).toEqual([
      '[Solekey] 123456789012: paused',
      '[Solekey] 123456789012: resumed',
    ]);
    expect(w.told[0]?.text).toMatch(/By: .*alice\[@\]example\[\.\]com\nReason: incident 4711\n/);
    expect(w.mails).toEqual([]);
  });

  it('says that Solekey paused itself, since when and why, until a person resumes it', async () => {
    const w = new ControlWorld();
    const reason = reasonFor({ kind: 'restore', users: 5 });
    const why = { at: NOW, command: 'pause', by: BY_SOLEKEY, reason } as const;
    await w.world().control.change((item) => paused(item, NOW, reason), why);
    const { out, code } = await ran(w, 'status');
    expect(code).toBe(0);
    expect(out).toContain(
      `Solekey paused itself on 23 Nov 2026, 16:10 UTC: ${reason}. No approver is revoked.`,
    );
    expect(out).toContain(`pause, by solekey (automatic), "${reason}".`);
    const json = JSON.parse((await ran(w, 'status', '--json')).out);
    expect(json.result.paused).toEqual({ since: NOW, automatic: reason });
    expect((await ran(w, 'pause', ...WHY)).out, 'a person changes nothing about it').toContain(
      'paused itself',
    );
    expect(w.entries).toHaveLength(1);
    expect((await ran(w, 'resume', ...WHY)).out).toContain('Not paused.');
    expect((await ran(w, 'pause', ...WHY)).out).toContain('Paused since 23 Nov 2026');
    expect(JSON.parse((await ran(w, 'status', '--json')).out).result.paused).toEqual({
      since: NOW,
      automatic: null,
    });
  });

  it('has no text in its mails that a mail program takes for a link', async () => {
    const w = new ControlWorld();
    await ran(w, 'pause', '--reason', 'see https://evil.example/x\u00e9 www.evil.example');
    expect(w.told[0]?.text).toContain('see https:[//]evil[.]example/xe www[.]evil[.]example');
    expect(w.told[0]?.text).toMatch(/^[\x20-\x7e\n]*$/);
    expect(w.told[0]?.text).not.toMatch(/\w\.\w|:\/\//);
    expect(w.told[0]?.text.match(/stands for a dot/g)).toHaveLength(1);
  });

  it.each(LINK_NAMES)('has no link in a mail of any command with %s', async (name) => {
    const w = new ControlWorld();
    w.outputs = { ...w.outputs, ApproverIds: `sec-lead,${name}` };
    w.subscribers = [
      ...w.subscribers,
      { ids: [name], address: 'x@my-company.net', filter: 'right', made: null },
    ];
    w.caller = `arn:aws:sts::123456789012:assumed-role/Ops/${name}`;
    const lines = {
      pause: ['pause'],
      resume: ['resume'],
      revoke: ['revoke', name],
      reinstate: ['reinstate', name],
    } as const satisfies Record<Exclude<ControlCommand, 'restored' | 'wind-down'>, readonly string[]>;
    for (const line of Object.values(lines)) {
      await ran(w, ...line, '--reason', name);
    }
    await ran(w, 'test-mail', name);
    const mails = [...w.told.map(({ text }) => text), ...w.mails.map(({ body }) => body)];
    expect(mails).toHaveLength(4 + 2 + 1);
    expect(mails.flatMap(linksIn), mails.join('\n\n')).toEqual([]);
  });

  it('is told to the approver concerned, by a mail without a link', async () => {
    const w = new ControlWorld();
    expect((await ran(w, 'revoke', 'sec-lead', ...WHY)).code).toBe(0);
    await ran(w, 'reinstate', 'sec-lead', ...WHY);
    expect(w.mails).toMatchObject([
      {
        recipient: 'sec-lead',
        address: addressMark('sec@my-company.net'),
        subject: '[Solekey] 123456789012: you are no longer an approver',
      },
      { subject: '[Solekey] 123456789012: you are again an approver' },
    ]);
    expect(w.mails[0]?.body).not.toMatch(/https?:|4711/);
    expect(w.entries[0]).toMatchObject({ approver: 'sec-lead' });
    expect(w.told[0]?.subject).toBe('[Solekey] 123456789012: revoked an approver (sec-lead)');
  });

  it('that changes nothing is neither recorded nor told', async () => {
    const w = new ControlWorld();
    const { out, err, code } = await ran(w, 'resume', ...WHY);
    expect([code, out]).toEqual([0, expect.stringMatching(/^Not paused/)]);
    expect(err).toContain('It already was so: nothing was changed, and nothing was recorded.');
    expect([w.entries, w.told]).toEqual([[], []]);
  });

  it('is made although nobody can be told', async () => {
    const w = new ControlWorld();
    w.withOperators = false;
    w.subscribers = [];
    const { err, code } = await ran(w, 'revoke', 'sec-lead', ...WHY);
    expect(err).toContain('The operators could not be told: this stack has no topic for them.');
    expect(err).toContain(
      'sec-lead could not be told by mail: the deployed template has no mail subscription',
    );
    expect([code, w.entries.length]).toEqual([0, 1]);
  });

  it('says that something else had changed the item, and keeps what it found', async () => {
    const w = new ControlWorld();
    await ran(w, 'pause', ...WHY);
    w.content = { ...w.content, revoked: ['sec-lead'] };
    const { err, code } = await ran(w, 'resume', ...WHY);
    expect([code, err]).toEqual([2, expect.stringContaining('Something other than these commands')]);
    expect(w.entries[1]?.found).toEqual({ ...w.entries[0]?.after, revoked: ['sec-lead'] });
  });

  it.each(['revoke', 'reinstate'])('%s takes no id but that of an approver', async (name) => {
    const w = new ControlWorld();
    const { err, code } = await ran(w, name, 'sec-laed', ...WHY);
    expect(code).toBe(1);
    expect(err).toContain(
      'Nothing was changed. No approver has the id "sec-laed". Did you mean sec-lead? The approvers are: sec-lead, platform-lead.',
    );
    w.outputs = { TableName: 'T' };
    expect((await ran(w, name, 'sec-lead', ...WHY)).err).toContain('has no output ApproverIds');
    expect(w.entries).toEqual([]);
  });

  it('reinstates someone whom the settings do not name any more, and pauses whatever the stack says', async () => {
    const w = new ControlWorld();
    w.content = { pauses: [], revoked: ['gone-lead'] };
    w.outputs = { TableName: 'T' };
    const { out, err } = await ran(w, 'reinstate', 'gone-lead', ...WHY);
    expect(out).toContain('No approver is revoked.');
    expect(err).toContain('gone-lead could not be told by mail');
    expect((await ran(w, 'pause', ...WHY)).code).toBe(0);
  });

  it('says that nobody is left when the last approver is revoked', async () => {
    const w = new ControlWorld();
    await ran(w, 'revoke', 'platform-lead', ...WHY);
    const { out } = await ran(w, 'revoke', 'sec-lead', ...WHY);
    expect(out).toContain('Nobody can decide now, and nobody gets a mail: reinstate an approver');
  });
});

describe('status', () => {
  it('of a new stack is short', async () => {
    const { out, code } = await ran(new ControlWorld(), 'status');
    expect([code, out.split('\n')]).toEqual([
      0,
      [
        'Not paused. No approver is revoked. Takes effect from the next evaluation and the next page.',
        'Open cases: 0. Waiting messages: events 0, wakes 0, usage 0. Dead letters: none.',
        'The ledger is empty: nobody has changed anything with these commands yet.',
      ],
    ]);
  });

  it('says who changed it last, what waits, and what is wrong', async () => {
    const w = new ControlWorld();
    await ran(w, 'revoke', 'sec-lead', ...WHY);
    w.content = { ...w.content, revoked: [] };
    w.letters.EventsDeadLetters = [wake];
    const { out, err, code } = await ran(w, 'status');
    expect(code).toBe(2);
    expect(out).toContain('Dead letters: events 1.');
    expect(out).toContain(
      `Ledger: 1 entry; the last: 23 Nov 2026, 16:10 UTC, revoke sec-lead, by ${CALLER}, "incident 4711".`,
    );
    expect(out).toContain('Something other than the commands has changed the control item');
    expect(err).toContain('npm run control -- redrive events --dry-run');
    w.entries.unshift({ ...(w.entries[0] as (typeof w.entries)[number]), number: 1, reason: 'x' });
    expect((await ran(w, 'status')).out).toContain('Entry 1 of the ledger, or the one before it');
    w.entries.splice(0, 2, { ...(w.entries[1] as (typeof w.entries)[number]), number: 3 });
    expect((await ran(w, 'status')).out).toContain('Entry 1 of the ledger is missing or cannot be read.');
  });
});

describe('cases', () => {
  it('are listed in their order, with those that cannot be read', async () => {
    const w = new ControlWorld();
    w.listed = [
      { case: aCase({ userName: 'alarmed' }), rank: `1#${NOW}` },
      { case: aCase({ userName: 'on-hold', phase: 'held', heldFor: 'unknown' }), rank: `2#${NOW}` },
      { case: aCase(), rank: `4#${NOW}` },
      {
        case: {
          ...{ why: 'newer', reason: 'phase is "odd"', account: '123456789012', userId: 'AIDAX' },
          ...{ userName: null, number: null, keys: [] },
        } as const,
        rank: null,
      },
    ];
    const { out, err, code } = await ran(w, 'cases');
    expect(out.split('\n')).toEqual([
      '!  alarmed    2 of 2 keys active  since 23 Nov 2026  waits for a decision; key of an unexpected creator',
      '!  on-hold    2 of 2 keys active  since 23 Nov 2026  on hold',
      '   ci-deploy  2 of 2 keys active  since 23 Nov 2026  waits for a decision',
      '!  AIDAX                                             cannot be read by this release: phase is "odd"',
    ]);
    expect(err).toContain('4 open cases. For one of them: npm run control -- show alarmed');
    expect(code).toBe(0);
    expect((await ran(w, 'cases', '--json')).out).toContain('"want":"alarm"');
  });

  it('none are none', async () => {
    expect(await ran(new ControlWorld(), 'cases')).toEqual({
      code: 0,
      out: '',
      err: `${HEADER}\n0 open cases.`,
    });
  });
});

describe('check', () => {
  it('sends a message that names the user, and nothing else', async () => {
    const w = new ControlWorld();
    await ran(w, 'check', 'ci-deploy');
    await ran(w, 'check', USER_ID);
    expect(w.wakes).toEqual([
      { kind: 'user', account: '123456789012', userName: 'ci-deploy', attempt: 0 },
      { kind: 'user', account: '123456789012', userId: USER_ID, attempt: 0 },
    ]);
  });

  it.each(['svc/ci-deploy', 'arn:aws:iam::123456789012:user/ci', "ci'deploy", 'ci\ndeploy', 'ci deploy'])(
    'does not take %j for a user',
    async (user) => {
      const w = new ControlWorld();
      const { code, err } = await ran(w, 'check', user);
      expect([code, err]).toEqual([1, expect.stringContaining('cannot be the name of an IAM user')]);
      expect(w.wakes).toEqual([]);
    },
  );
});

describe('confirm', () => {
  it('passes the token on, and says who is confirmed', async () => {
    const w = busy();
    const { out, code } = await ran(w, 'confirm', LINK);
    expect(w.confirmedWith).toEqual(['2336412f37fb687f5d51e6e2425ba1f2']);
    expect([code, out]).toEqual([
      0,
      'sec@my-company.net is confirmed. Only someone with AWS credentials can unsubscribe it.',
    ]);
  });

  it('says that an address was confirmed with a click before', async () => {
    const w = busy();
    w.confirmation = { address: 'sec@my-company.net', protected: false };
    const { out, err, code } = await ran(w, 'confirm', LINK);
    expect([code, out]).toEqual([2, expect.stringContaining('was confirmed before, with a click')]);
    expect(err).toContain('resubscribe');
  });

  it('says that SNS does not accept the token, and never repeats it', async () => {
    const w = busy();
    w.confirmation = null;
    const { err, code } = await ran(w, 'confirm', LINK);
    expect([code, err]).toEqual([1, expect.stringContaining('SNS does not accept the token of this link.')]);
    expect(err).not.toContain('2336412f');
  });

  it('asks SNS nothing about the link of another topic', async () => {
    const w = busy();
    const { code } = await ran(w, 'confirm', LINK.replace('Solekey-Mail', 'Other'));
    expect([code, w.confirmedWith]).toEqual([1, []]);
  });
});

describe('resubscribe', () => {
  const with_ = (state: ControlWorld['states'][string]) => {
    const w = new ControlWorld();
    w.states = { 'sec@my-company.net': state };
    return w;
  };

  it.each(['unprotected', 'other-filter'] as const)('replaces a subscription that is %s', async (state) => {
    const w = with_(state);
    const { code, out, err } = await ran(w, 'resubscribe', 'sec-lead');
    expect([code, out]).toEqual([0, expect.stringContaining('SNS has sent it a new confirmation mail.')]);
    expect(err).toContain("npm run control -- confirm 'LINK'");
    expect(w.unsubscribed).toEqual([`${TOPIC}:old`]);
    expect(w.subscribed).toEqual([w.subscribers[0]]);
  });

  it('gives one of a former release the present filter, and leaves it confirmed', async () => {
    const w = with_('former-filter');
    const { code, out } = await ran(w, 'resubscribe', 'sec-lead', '--json');
    expect(code).toBe(0);
    expect(ENVELOPES.resubscribe.parse(JSON.parse(out))).toMatchObject({
      result: { before: 'former-filter', mailed: false },
    });
    expect([w.filtered, w.unsubscribed, w.subscribed]).toEqual([[`${TOPIC}:old`], [], []]);
  });

  it.each<[string, string[]]>([
    ['made', [`${TOPIC}:made`]],
    ['gone', []],
  ])('has another mail sent to a pending one, with the present filter (%s)', async (made, filtered) => {
    const w = with_('pending');
    w.subscribers = w.subscribers.map((one) => ({ ...one, made: `${TOPIC}:${made}` }));
    const { code, err } = await ran(w, 'resubscribe', 'sec-lead');
    expect([code, w.filtered, w.subscribed.length]).toEqual([0, filtered, 1]);
    expect(err.includes('CloudFormation does not know this subscription')).toBe(made === 'gone');
  });

  it.each(['pending', 'missing'] as const)('subscribes an address that is %s', async (state) => {
    const w = with_(state);
    expect((await ran(w, 'resubscribe', 'sec-lead')).code).toBe(0);
    expect([w.unsubscribed, w.subscribed.length]).toEqual([[], 1]);
  });

  it('leaves a protected one alone', async () => {
    const w = with_('confirmed');
    const { out } = await ran(w, 'resubscribe', 'sec-lead');
    expect(out).toContain('is confirmed and protected. Nothing was changed.');
    expect([w.unsubscribed, w.subscribed]).toEqual([[], []]);
  });

  it('waits while SNS still answers with the old one, refuses the filter, or shows none', async () => {
    const w = with_('unprotected');
    w.arns = [null, `${TOPIC}:old`, `${TOPIC}:bare`, `${TOPIC}:new`];
    expect((await ran(w, 'resubscribe', 'sec-lead')).code).toBe(0);
    expect([w.subscribed.length, w.waited]).toEqual([4, 9]);
    w.arns = [`${TOPIC}:bare`];
    const { code, err } = await ran(w, 'resubscribe', 'sec-lead');
    expect([code, err]).toEqual([
      1,
      expect.stringContaining('Do not confirm it, and run this command again'),
    ]);
  });

  it('says what to do about a pending one that keeps another filter', async () => {
    const w = with_('pending');
    w.arns = [null];
    const { code, err } = await ran(w, 'resubscribe', 'sec-lead');
    expect([code, err]).toEqual([1, expect.stringContaining('Confirm the mail that it was sent')]);
  });

  it.each(['resubscribe', 'test-mail'])('%s takes no id but that of an approver', async (name) => {
    const w = new ControlWorld();
    const { code, err } = await ran(w, name, "sec-lead'");
    expect([code, err]).toEqual([1, expect.stringContaining('Did you mean sec-lead?')]);
    w.subscribers = [];
    expect((await ran(w, name, 'sec-lead')).err).toContain('has no mail subscription for sec-lead');
    expect([w.mails, w.subscribed]).toEqual([[], []]);
  });
});

describe('test-mail', () => {
  it('is one mail for this approver, without a link', async () => {
    const w = new ControlWorld();
    const { code, out } = await ran(w, 'test-mail', 'sec-lead');
    expect([code, out]).toEqual([0, 'SNS accepted a test mail for sec-lead (sec@my-company.net).']);
    expect(w.mails).toMatchObject([{ recipient: 'sec-lead', address: addressMark('sec@my-company.net') }]);
    expect(w.mails[0]?.body).not.toMatch(/https?:|\w\.\w/);
    expect(w.mails[0]?.subject).toMatch(/^[\x20-\x7e]{1,99}$/);
  });

  it.each(['pending', 'missing', 'other-filter'] as const)(
    'says that it will not arrive at an address that is %s',
    async (state) => {
      const w = new ControlWorld();
      w.states = { 'sec@my-company.net': state };
      const { code, err } = await ran(w, 'test-mail', 'sec-lead');
      expect([code, err]).toEqual([2, expect.stringContaining('It will not arrive')]);
    },
  );
});

describe('public-key', () => {
  it('is a file that openssl and verify read, with nothing else on stdout', async () => {
    const w = new ControlWorld();
    const { publicKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    w.recordsKey = key.export({ type: 'spki', format: 'der' });
    const { code, out, err } = await ran(w, 'public-key');
    expect([code, `${out}\n`]).toEqual([0, key.export({ type: 'spki', format: 'pem' })]);
    expect(err).toContain('Export it once');
  });

  it('is none in a stack of a release before 0.11.0', async () => {
    const w = new ControlWorld();
    w.recordsKey = null;
    const { code, err } = await ran(w, 'public-key');
    expect([code, err]).toEqual([1, expect.stringContaining('deploy release 0.11.0 or a newer one first')]);
  });
});

describe('redrive', () => {
  const event = (eventName: string) =>
    JSON.stringify({
      source: 'aws.iam',
      detail: {
        ...{ eventSource: 'iam.amazonaws.com', eventName, recipientAccountId: '123456789012' },
        ...{ requestParameters: { userName: 'ci-deploy' }, eventTime: NOW },
      },
    });
  const refresh = JSON.stringify({ kind: 'refresh', account: '123456789012', since: NOW, hops: 0 });
  const newer = JSON.stringify({ kind: 'census', mark: 'x' });

  it('moves what reconcile can use to the wake queue, and leaves the rest', async () => {
    const w = new ControlWorld();
    w.letters.WakesDeadLetters = [wake, refresh, event('DeleteUser'), event('ListUsers'), newer, 'nonsense'];
    const dry = await ran(w, 'redrive', 'wakes', '--dry-run');
    expect([dry.code, dry.out.split('\n'), w.moved]).toEqual([
      0,
      [
        'found: re-evaluate ci-deploy',
        'found: run the rule in AWS Config',
        'found: re-evaluate ci-deploy',
        'found: an event that changes no access key',
        'found: a message of the kind "census", which only a newer release knows',
        'found: neither an IAM event nor a request of Solekey',
      ],
      [],
    ]);
    const { code, out, err } = await ran(w, 'redrive', 'wakes');
    expect([code, out.split('\n').at(-1)]).toEqual([
      2,
      'left where it is: neither an IAM event nor a request of Solekey',
    ]);
    expect(err).toContain('2 cannot be processed.');
    expect(w.moved).toHaveLength(4);
    expect(w.letters.WakesDeadLetters).toEqual([newer, 'nonsense']);
    expect((await ran(w, 'redrive', 'wakes', '--discard')).code).toBe(0);
    expect(w.letters.WakesDeadLetters).toEqual([]);
    expect(w.moved).toHaveLength(4);
  });

  it.each([
    ['events', 'EventsDeadLetters'],
    ['rule', 'DetectionDeadLetters'],
  ])('moves those of %s to the wake queue only', async (queue, id) => {
    const w = new ControlWorld();
    w.letters[id] = Array.from({ length: 25 }, (_, n) =>
      event('DeleteUser').replace('ci-deploy', `user-${n}`),
    );
    const { code, err } = await ran(w, 'redrive', queue);
    expect([code, err]).toEqual([0, expect.stringContaining('the creator of a new key stays unknown')]);
    expect(w.moved).toHaveLength(25);
  });

  it.each([
    ['sweep', 'SweepScheduleDeadLetters'],
    ['usage', 'UsageDeadLetters'],
    ['survey', 'ComplianceViewDeadLetters'],
  ])('deletes those of %s, which a next run makes up for', async (queue, id) => {
    const w = new ControlWorld();
    w.letters[id] = ['{"token": "x"}'];
    const { code, out } = await ran(w, 'redrive', queue);
    expect([code, out, w.moved, w.letters[id]]).toEqual([0, 'deleted: a failed run', [], []]);
  });

  it('says that there is nothing, or no such queue', async () => {
    expect((await ran(new ControlWorld(), 'redrive', 'wakes')).out).toBe('No dead letters in "wakes".');
    const { code, err } = await ran(new ControlWorld(), 'redrive', 'wake');
    expect([code, err]).toEqual([
      1,
      expect.stringContaining('Did you mean wakes? The queues are: wakes, events'),
    ]);
  });
});

describe('doctor', () => {
  it('says what is fine', async () => {
    const { code, out } = await ran(new ControlWorld(), 'doctor');
    expect([code, out.split('\n').at(-1)]).toEqual([0, '11 of 11 checks are fine.']);
    expect(out).toContain('ok  mail to sec@my-company.net       confirmed and protected');
  });

  it('says of whom nobody can tell that they created a key, as no fault', async () => {
    const w = new ControlWorld();
    w.outputs = { ...w.outputs, SelfApprovalUnchecked: 'platform-lead' };
    const { code, out } = await ran(w, 'doctor');
    expect([code, out.split('\n').at(-1)]).toEqual([0, '12 of 12 checks are fine.']);
    expect(out).toMatch(
      /^ok {2}own keys +platform-lead: not checked \(see "Who decides" in docs\/settings\.md\)$/m,
    );
  });

  it('says who is not mailed while others can be asked, as no fault', async () => {
    const w = new ControlWorld();
    w.outputs = { ...w.outputs, ApproversInReserve: 'ciso,platform-lead' };
    const { code, out } = await ran(w, 'doctor');
    expect([code, out.split('\n').at(-1)]).toEqual([0, '12 of 12 checks are fine.']);
    expect(out).toMatch(
      /^ok {2}in reserve +ciso, platform-lead: asked only while nobody else can be \(see "Who decides" in docs\/settings\.md\)$/m,
    );
  });

  it('says what is not, and where to read on', async () => {
    const w = busy();
    w.content = { pauses: [], revoked: ['sec-lead', 'platform-lead'], entry: 7 };
    w.boundaries = ['Solekey-Reconcile'];
    w.states['platform@my-company.net'] = 'pending';
    const { code, out, err } = await ran(w, 'doctor');
    expect(code).toBe(2);
    expect(out).toContain('!!  control item');
    expect(out).toContain('nobody can decide: every approver is revoked');
    expect(out).toContain('unsubscribe it: npm run control -- resubscribe sec-lead');
    expect(out).toContain('not confirmed: SNS silently drops its mail');
    expect(err).toContain('dead letters wakes: see "Wakes/DeadLetters/NotEmpty" in docs/operate.md.');
    expect(err).toContain('Solekey-Reconcile: this role has a permissions boundary.');
  });

  it('says which subscription a deployment could not change, and what to do', async () => {
    const w = new ControlWorld();
    w.subscribers = w.subscribers.map((one) => ({
      ...one,
      made: `${TOPIC}:${one.ids[0] === 'sec-lead' ? 'gone' : 'old'}`,
    }));
    const { code, out } = await ran(w, 'doctor');
    expect(code).toBe(2);
    expect(out.match(/the subscription that CloudFormation made is gone/g)).toHaveLength(1);
    expect(out).toContain('npx cdk deploy -c withoutSubscription=sec-lead, then npx cdk deploy');
  });

  it.each<[string, string, Partial<Subscriber>, boolean]>([
    ['as the stack of a former release made it', 'old', { filter: 'former' }, true],
    ['made by hand under a former release', 'gone', { filter: 'former' }, false],
    ['and was changed since this release was deployed', 'old', {}, false],
  ])('a filter of a former release is %s', async (_, made, more, isFine) => {
    const w = new ControlWorld();
    w.states['sec@my-company.net'] = 'former-filter';
    w.subscribers = w.subscribers.map((one) => ({ ...one, ...more, made: `${TOPIC}:${made}` }));
    const { out } = await ran(w, 'doctor');
    expect(out.includes('ok  mail to sec@my-company.net')).toBe(isFine);
    expect(out.includes('a release before 0.6.0: npm run control -- resubscribe sec-lead')).toBe(!isFine);
  });

  it('says who was left out of the template', async () => {
    const w = new ControlWorld();
    w.subscribers = w.subscribers.slice(1);
    const { code, out } = await ran(w, 'doctor');
    expect([code, out]).toEqual([
      2,
      expect.stringMatching(/!! {2}mail to sec-lead +the deployed template has no/),
    ]);
  });

  it('says what could not be checked, and the usual cause', async () => {
    const w = new ControlWorld();
    Object.defineProperty(w, 'subscribers', {
      get: () => {
        throw new Error(
          'not authorized to perform GetTemplate with an explicit deny in a service control policy',
        );
      },
    });
    const { code, out, err } = await ran(w, 'doctor');
    expect([code, out]).toEqual([3, expect.stringContaining('??  mail')]);
    expect(err).toContain('A service control policy denies calls.');
  });

  const aRecorder = (more: Partial<RecorderReading> = {}): RecorderReading => ({
    region: 'us-east-1',
    recording: true,
    users: true,
    ...more,
  });
  const account = (more: Partial<Account> = {}): Account => ({
    account: '123456789012',
    bootstrap: async () => 28,
    trails: async () => [trail()],
    recorder: async () => aRecorder(),
    ...more,
  });

  it('checks what a deployment needs if there is no stack', async () => {
    const { code, out, err } = await ran(account(), 'doctor');
    expect([code, out.split('\n').at(-1)]).toEqual([0, '3 of 3 checks are fine.']);
    expect(err).toContain(`${HEADER}: there is no such stack`);
    const { out: json } = await ran(account(), 'doctor', '--json');
    expect(ENVELOPES.doctor.parse(JSON.parse(json))).toMatchObject({ result: { deployed: false } });
    expect((await ran(account(), 'status')).err).toContain('There is no stack "Solekey" in us-east-1.');
  });

  it.each<[Partial<Account>, string]>([
    [{ bootstrap: async () => null }, 'npx cdk bootstrap aws://123456789012/us-east-1'],
    [{ bootstrap: async () => 3 }, 'has version 3, and 6 is needed'],
    [{ trails: async () => [] }, 'No CloudTrail trail covers us-east-1'],
    [{ trails: async () => [trail({ multiRegion: false })] }, 'No CloudTrail trail covers us-east-1'],
    [
      { trails: async () => [trail({ logging: false })] },
      'No CloudTrail trail that covers us-east-1 is logging',
    ],
    [{ trails: async () => [trail({ selectors: [] })] }, "logs IAM's management write events in us-east-1"],
    [
      { recorder: async () => aRecorder({ recording: false }) },
      'AWS Config has no recorder here, or it is off',
    ],
    [{ recorder: async () => aRecorder({ users: false }) }, 'does not record IAM users here'],
  ])('%j', async (more, says) => {
    const { code, out } = await ran(account(more), 'doctor');
    expect([code, out]).toEqual([2, expect.stringContaining(says)]);
  });

  it('says that it may not check', async () => {
    const denied = account({
      trails: async () => {
        const cause = new Error('User is not authorized to perform cloudtrail:DescribeTrails');
        throw new NotRead('denied', 'cloudtrail:DescribeTrails', { cause });
      },
    });
    const { code, out, err } = await ran(denied, 'doctor');
    expect([code, err]).toEqual([3, expect.stringContaining('Some checks were denied to you')]);
    expect(out).toContain('could not be checked: User is not authorized');
  });
});

it('help is printed on stdout, and a mistake on stderr with exit code 1', async () => {
  const w = new ControlWorld();
  expect(await ran(w, '--help')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Usage: npm run/),
    err: '',
  });
  expect(await ran(w, 'stpo')).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/^There is no command/),
  });
});
