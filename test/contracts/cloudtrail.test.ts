import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCloudTrail } from '../../functions/contracts/cloudtrail.ts';
import { WATCHED_CALLS } from '../../functions/contracts/fixed-names.ts';
import { wakeSchema } from '../../functions/contracts/wake.ts';
import * as its from './fixtures/cloudtrail.ts';

const AT = '2026-11-23T14:05:00.000Z';
const parse = (detail: Record<string, unknown>) => parseCloudTrail(its.envelope(detail));
const wakeOf = (detail: Record<string, unknown>) => {
  const parsed = parse(detail);
  return parsed.kind === 'event' ? parsed.wake : null;
};
const originOf = (detail: Record<string, unknown>) => {
  const parsed = parse(detail);
  return parsed.kind === 'event' ? parsed.origin : null;
};
const key = { accessKeyId: its.KEY };

/** What sts:GetFederationToken makes of whoever called it. */
const federatedBy = (type: string) => ({
  type: 'FederatedUser',
  arn: `arn:aws:sts::${its.ACCOUNT}:federated-user/joe`,
  sessionContext: { sessionIssuer: { type, userName: 'jane' } },
});

/** The ARNs that must be on record: those of the caller and of whoever opened its session, each once. */
function arnsIn({ userIdentity = its.created('ci-deploy').userIdentity }: Record<string, unknown>) {
  const { arn, sessionContext } = userIdentity as {
    readonly arn?: string;
    readonly sessionContext?: { readonly sessionIssuer?: { readonly arn?: string } };
  };
  const all = [arn, sessionContext?.sessionIssuer?.arn].filter((one) => one?.includes(its.ACCOUNT));
  return all.length === 0 ? {} : { arns: [...new Set(all)] };
}

describe('a key that was made', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['a user with the CLI', {}, 'user/jane'],
    [
      'a user in the console',
      { userAgent: 'AWS Internal', sessionCredentialFromConsole: 'true' },
      'user/jane',
    ],
    ['a person of Identity Center', { userIdentity: its.SSO }, 'role/AWSReservedSSO_Admin_33d40419b45cd0b4'],
    ['CloudFormation', { userIdentity: its.CLOUDFORMATION }, 'role/stack-deployer'],
    ['root', { userIdentity: its.ROOT }, 'root'],
    [
      'a federated user',
      { userIdentity: { type: 'FederatedUser', arn: 'arn:aws:sts::1:federated-user/joe' } },
      'federated-user/joe',
    ],
    [
      'a session that a user opened as a federated one',
      { userIdentity: federatedBy('IAMUser') },
      'user/jane',
    ],
    ['a federated session of root', { userIdentity: federatedBy('Root') }, 'root'],
    ['a federated session of something new', { userIdentity: federatedBy('Robot') }, 'federated-user/joe'],
    ['a service', { userIdentity: { type: 'AWSService', invokedBy: 'x.amazonaws.com' } }, 'AWSService'],
    ['nobody known', { userIdentity: {} }, 'unknown'],
    ['a user without a name', { userIdentity: { type: 'IAMUser' } }, 'IAMUser'],
    ['an ARN without an end', { userIdentity: { type: 'Unknown', arn: 'arn:' } }, 'unknown'],
  ])('by %s wakes for its owner and says who made it', (_who, more, createdBy) => {
    expect(parse(its.created('ci-deploy', more))).toEqual({
      kind: 'event',
      eventId: its.EVENT_ID,
      wake: {
        kind: 'user',
        account: its.ACCOUNT,
        userName: 'ci-deploy',
        ...key,
        expects: { keyId: its.KEY, status: 'Active', at: AT },
        attempt: 0,
      },
      origin: { keyId: its.KEY, createdBy, at: AT, ...arnsIn(more) },
      odd: [],
    });
  });

  it('by an ARN of any other form, or in other characters, is on record without it', () => {
    const by = (arn: string) =>
      originOf(its.created('ci-deploy', { userIdentity: { type: 'Unknown', arn } }));
    expect(by(`arn:aws:iam::${its.ACCOUNT}:user/jane`)).toHaveProperty('arns');
    for (const arn of [
      `arn:aws:iam::${its.ACCOUNT}:user/ja ne`,
      `arn:aws:s3::${its.ACCOUNT}:user/jane`,
      'arn:aws:iam::1:user/jane',
      `arn:aws:iam::${its.ACCOUNT}:user/${'x'.repeat(701)}`,
    ]) {
      expect(by(arn)).not.toHaveProperty('arns');
    }
  });

  it('long ago has fewer fields and says the same', () => {
    expect(parse(its.createdLongAgo('bob'))).toMatchObject({
      wake: { userName: 'bob' },
      origin: { createdBy: 'user/jane' },
      odd: [],
    });
  });

  it('for oneself may name nobody: then the caller owns it, or the key id tells', () => {
    expect(wakeOf(its.created(null))).toMatchObject({ userName: 'jane', ...key });
    const role = wakeOf(its.created(null, { userIdentity: its.SSO }));
    expect(role).toMatchObject(key);
    expect(role).not.toHaveProperty('userName');
    const odd = wakeOf(its.created(null, { userIdentity: { ...its.USER, userName: 'no such name' } }));
    expect(odd).toMatchObject(key);
    expect(odd).not.toHaveProperty('userName');
    expect(
      originOf(its.created(null, { userIdentity: { ...its.USER, userName: 'no such name' } })),
    ).toMatchObject({
      createdBy: 'user/nosuchname',
    });
  });

  it('with no key in the answer expects nothing', () => {
    expect(wakeOf(its.created('ci-deploy', { responseElements: null }))).toEqual({
      kind: 'user',
      account: its.ACCOUNT,
      userName: 'ci-deploy',
      attempt: 0,
    });
  });

  it.each([
    '',
    'yesterday',
    '2026-11-23 14:05:00.000000000',
    '2026-11-23T14:05:00+01:00',
    '2026-99-99T99:99:99Z',
    7,
    null,
  ])('at %j has no origin, because a wrong date is worse than none', (eventTime) => {
    const parsed = parse(its.created('ci-deploy', { eventTime }));
    expect(parsed).toMatchObject({
      wake: { userName: 'ci-deploy', expects: { status: 'Active' } },
      origin: null,
      odd: eventTime === null ? [] : ['eventTime'],
    });
    expect(parsed).not.toHaveProperty('wake.expects.at');
  });
});

describe('other calls', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'UpdateAccessKey',
      { userName: 'bob', ...key, status: 'Inactive' },
      { userName: 'bob', expects: { keyId: its.KEY, status: 'Inactive', at: AT } },
    ],
    [
      'UpdateAccessKey',
      { ...key, status: 'Active' },
      { userName: 'jane', expects: { keyId: its.KEY, status: 'Active' } },
    ],
    ['UpdateAccessKey', { ...key, status: 'Dormant' }, { userName: 'jane', ...key }],
    [
      'DeleteAccessKey',
      { userName: 'bob', ...key },
      { userName: 'bob', expects: { keyId: its.KEY, status: 'Deleted' } },
    ],
    ['DeleteUser', { userName: 'b'.repeat(128) }, { userName: 'b'.repeat(128) }],
    ['UpdateUser', { userName: 'old-bot', newUserName: 'new-bot' }, { userName: 'new-bot' }],
    ['UpdateUser', { userName: 'bot', newPath: '/svc/' }, { userName: 'bot' }],
    ['TagUser', { userName: 'bot', tags: [{ key: 'a', value: 'b' }] }, { userName: 'bot' }],
    ['DeleteUser', { userName: 'bot', newUserName: 'other' }, { userName: 'bot' }],
  ])('%s %j', (eventName, requestParameters, wake) => {
    expect(wakeOf(its.record(eventName, { requestParameters }))).toMatchObject(wake);
  });

  it('expect nothing where they say no status', () => {
    const wake = wakeOf(its.record('UpdateAccessKey', { requestParameters: { ...key, status: 'Dormant' } }));
    expect(wake).not.toHaveProperty('expects');
  });

  it.each(['CreateAccessKey', 'UpdateAccessKey', 'DeleteAccessKey'])(
    'of root on its own key are no user: %s',
    (eventName) => {
      const asked = eventName === 'CreateAccessKey' ? null : { ...key, status: 'Inactive' };
      const more = { userIdentity: its.ROOT, requestParameters: asked };
      expect(parse(its.record(eventName, more))).toEqual({ kind: 'ignored', why: 'root-key' });
      const answered = its.created('root', more);
      expect(parse({ ...answered, eventName })).toEqual({ kind: 'ignored', why: 'root-key' });
    },
  );

  it.each<[string, Record<string, unknown>, string]>([
    [
      'failed',
      its.created('bob', { errorCode: 'LimitExceededException', requestParameters: 7 }),
      'failed-call',
    ],
    [
      'failed and lack nearly everything',
      { eventSource: 'iam.amazonaws.com', eventName: 'DeleteUser', errorCode: 'AccessDenied' },
      'failed-call',
    ],
    ['are not watched', its.record('CreateUser', { requestParameters: { userName: 1 } }), 'other-call'],
    ['are of another service', { ...its.created('bob'), eventSource: 'sts.amazonaws.com' }, 'other-call'],
    ['name nobody', its.record('DeleteUser', { userIdentity: its.SSO }), 'no-user'],
  ])('ask for nothing if they %s', (_what, detail, why) => {
    expect(parse(detail)).toEqual({ kind: 'ignored', why });
  });
});

describe('hostile and broken events', () => {
  const hostile = [
    '\u0000\u0007',
    "a'; DROP--",
    '<script>alert(1)</script>',
    '🔑\u202e',
    'x\r\nBcc: y',
    'n'.repeat(5000),
  ];

  it.each(hostile)('%j in what callers choose stays printable and short', (text) => {
    const callers = [
      { type: 'IAMUser', userName: text },
      { type: 'AssumedRole', sessionContext: { sessionIssuer: { userName: text } } },
      { type: text, arn: `arn:aws:iam::1:${text}` },
      { type: text },
    ];
    for (const userIdentity of callers) {
      const wake = wakeOf(its.created('ci-deploy', { userIdentity }));
      expect(originOf(its.created('ci-deploy', { userIdentity }))?.createdBy).toMatch(/^[\w+=,.@/-]{1,125}$/);
      expect(wakeSchema.safeParse(wake).success).toBe(true);
    }
  });

  it.each([...hostile, ''])(
    '%j as the name of a user is passed over: the key tells whose it is',
    (userName) => {
      expect(parse(its.created(userName))).toMatchObject({
        kind: 'event',
        wake: { accessKeyId: its.KEY },
        odd: ['requestParameters.userName', 'responseElements.accessKey.userName'],
      });
      expect(wakeOf(its.created(userName))).not.toHaveProperty('userName');
      const asked = { requestParameters: { userName: 'bob', newUserName: userName } };
      expect(wakeOf(its.record('UpdateUser', asked))).toMatchObject({ userName: 'bob' });
      expect(parse(its.record('DeleteUser', { requestParameters: { userName } }))).toEqual({
        kind: 'broken',
        problem: 'detail.requestParameters.userName: unreadable',
      });
    },
  );

  it.each<[string, Record<string, unknown>, string[]]>([
    ['no event id', { eventID: '' }, ['eventID']],
    [
      'a key id as a number',
      { requestParameters: { accessKeyId: 1234567890123456 } },
      ['requestParameters.accessKeyId'],
    ],
    [
      'a key id that is none',
      { responseElements: { accessKey: { accessKeyId: '1111', userName: 'bob' } } },
      ['responseElements.accessKey.accessKeyId'],
    ],
    ['parameters as a text', { requestParameters: 'userName=bob' }, ['requestParameters']],
    ['parameters as a list', { requestParameters: ['bob'] }, ['requestParameters']],
    ['an answer as a list', { responseElements: { accessKey: [] } }, ['responseElements.accessKey']],
    [
      'a status of another type',
      { requestParameters: { userName: 'bob', status: 1 } },
      ['requestParameters.status'],
    ],
    [
      'a new name where nobody is renamed',
      { requestParameters: { userName: 'bob', newUserName: 'a b' } },
      [],
    ],
    ['no caller', { userIdentity: null }, []],
    ['a caller as a text', { userIdentity: 'jane' }, ['userIdentity']],
    ['a time as a number', { eventTime: 7 }, ['eventTime']],
  ])('with %s are used, as far as they can be read', (_what, more, odd) => {
    expect(parse(its.created('bob', more))).toMatchObject({ kind: 'event', wake: { userName: 'bob' }, odd });
  });

  it.each<[string, Record<string, unknown>]>([
    ['a short account', { recipientAccountId: '12' }],
    ['an account as a number', { recipientAccountId: 123456789012 }],
    ['no account', { recipientAccountId: null }],
    ['neither user nor key', { requestParameters: 'x', responseElements: 7 }],
  ])('with %s are broken', (_what, more) => {
    expect(parse(its.created('bob', more))).toMatchObject({
      kind: 'broken',
      problem: expect.stringMatching(/^detail\.\w+.*: \w+$/),
    });
  });

  it('name the caller as the owner only if nothing that may name somebody else is unread', () => {
    const asked = (requestParameters: object) => parse(its.record('UpdateAccessKey', { requestParameters }));
    expect(asked({ accessKeyId: 7, status: 'Active' })).toMatchObject({ wake: { userName: 'jane' } });
    expect(asked({ ...key, userName: 'a b' })).not.toHaveProperty('wake.userName');
    const role = { userIdentity: its.SSO, requestParameters: { accessKeyId: 7 } };
    expect(parse(its.record('DeleteAccessKey', role))).toMatchObject({ kind: 'broken' });
  });

  it('of root that cannot be read are not taken for root’s own key', () => {
    const more = { userIdentity: its.ROOT, requestParameters: 'x' };
    expect(parse(its.record('DeleteAccessKey', more))).toMatchObject({ kind: 'broken' });
    expect(wakeOf(its.created('bob', more))).toMatchObject({ userName: 'bob' });
  });

  it.each([null, 7, 'x', [], {}, { source: 'aws.iam' }, { source: 'aws.s3', detail: {} }])(
    '%j is no event',
    (body) => {
      expect(parseCloudTrail(body)).toMatchObject({ kind: 'broken' });
    },
  );

  it('take wrong types in the evidence for no evidence', () => {
    const userIdentity = { type: 1, userName: [], arn: {}, sessionContext: 'x' };
    expect(parse(its.created('bob', { userIdentity }))).toMatchObject({
      wake: { userName: 'bob' },
      origin: { createdBy: 'unknown' },
      odd: ['userIdentity.type', 'userIdentity.userName', 'userIdentity.arn', 'userIdentity.sessionContext'],
    });
    const issuer = { sessionContext: { sessionIssuer: 'x' } };
    expect(originOf(its.created('bob', { userIdentity: issuer }))).toMatchObject({ createdBy: 'unknown' });
  });

  it('never throw, and what comes of them is always a wake that the queue takes', () => {
    const any = fc.jsonValue({ noUnicodeString: false });
    const fields = fc.dictionary(fc.constantFrom(...Object.keys(its.created('a'))), any, { maxKeys: 4 });
    const inner = fc.record(
      { userName: any, accessKeyId: any, status: any, newUserName: any },
      { requiredKeys: [] },
    );
    const call = fc.constantFrom(...WATCHED_CALLS);
    fc.assert(
      fc.property(any, fields, inner, call, (body, more, requestParameters, eventName) => {
        expect(['event', 'ignored', 'broken']).toContain(parseCloudTrail(body).kind);
        for (const detail of [
          { ...its.created('a'), ...more },
          its.record(eventName, { requestParameters }),
        ]) {
          const parsed = parse(detail);
          if (parsed.kind === 'event') {
            expect(wakeSchema.parse(parsed.wake)).toEqual(parsed.wake);
          }
          if (parsed.kind === 'broken') {
            expect(parsed.problem).toMatch(/^[\x20-\x7e]{1,200}$/);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
