import { describe, expect, expectTypeOf, it } from 'vitest';
import type * as z from 'zod';
import type {
  MailLinkWish,
  RefreshWish,
  SignOffWish,
  StatementWish,
  Wake,
} from '../../functions/app/wake.ts';
import {
  type mailLinkSchema,
  type refreshSchema,
  type signOffSchema,
  type statementSchema,
  wakeBody,
  wakeSchema,
} from '../../functions/contracts/wake.ts';
import { ACCOUNT, NEWER, NOW, USER_ID } from '../fakes/cases.ts';

/** All the way down, because zod's types are writable and ours are not. */
type Writable<T> = T extends object ? { -readonly [Field in keyof T]: Writable<T[Field]> } : T;

const wake: Wake = { kind: 'user', account: ACCOUNT, userId: USER_ID, attempt: 0 };

describe('a wake in the queue', () => {
  it('has the type that the use cases send', () => {
    expectTypeOf<Writable<z.infer<typeof wakeSchema>>>().toEqualTypeOf<Writable<Wake>>();
    expectTypeOf<Writable<z.infer<typeof refreshSchema>>>().toEqualTypeOf<Writable<RefreshWish>>();
    expectTypeOf<Writable<z.infer<typeof signOffSchema>>>().toEqualTypeOf<Writable<SignOffWish>>();
    expectTypeOf<Writable<z.infer<typeof statementSchema>>>().toEqualTypeOf<Writable<StatementWish>>();
    expectTypeOf<Writable<z.infer<typeof mailLinkSchema>>>().toEqualTypeOf<Writable<MailLinkWish>>();
  });

  it.each<[string, Wake]>([
    ['a user id', wake],
    ['a name', { kind: 'user', account: ACCOUNT, userName: 'ci+deploy@x', attempt: 0 }],
    ['a key', { kind: 'user', account: ACCOUNT, accessKeyId: NEWER, attempt: 3 }],
    ['an expectation', { ...wake, expects: { keyId: NEWER, status: 'Deleted' } }],
    ['the time of an expectation', { ...wake, expects: { keyId: NEWER, status: 'Deleted', at: NOW } }],
  ])('comes through with %s', (_name, sent) => {
    expect(wakeSchema.parse(JSON.parse(JSON.stringify(sent)))).toEqual(sent);
  });

  it('keeps a field of a newer release when it is sent on, and takes no notice of it', () => {
    const sent = { ...wake, expects: { keyId: NEWER, status: 'Active', until: NOW }, action: 'delete' };
    const parsed = wakeSchema.parse(sent);
    expect(parsed).toEqual(sent);
    expect(wakeSchema.parse(JSON.parse(wakeBody(parsed)))).toEqual(sent);
  });

  it('loses the creator of a key that an older release put into it, or somebody else', () => {
    const origin = { keyId: NEWER, createdBy: 'role/deployer', at: NOW };
    expect(wakeSchema.parse({ ...wake, origin })).toEqual(wake);
    expect(wakeSchema.parse({ ...wake, origin: 'x' })).toEqual(wake);
  });

  it.each([
    ['nobody meant', { kind: 'user', account: ACCOUNT, attempt: 0 }],
    ['another kind', { ...wake, kind: 'account' }],
    ['no count of looks', { ...wake, attempt: undefined }],
  ])('is refused with %s', (_name, sent) => {
    expect(wakeSchema.safeParse(sent).success).toBe(false);
  });
});
