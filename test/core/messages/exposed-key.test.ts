import { describe, expect, it } from 'vitest';
import { type ExposedUser, renderExposedKey } from '../../../functions/core/messages/exposed-key.ts';
import { ACCOUNT, aCase, NEWER, NOW, newer, older, POLICY } from '../../fakes/cases.ts';

const KEY = { kind: 'key', keyId: NEWER, at: NOW } as const;
const USER = { kind: 'user', at: NOW } as const;
const mail = (about: ExposedUser | null, exposure: typeof KEY | typeof USER = KEY) =>
  renderExposedKey({ account: ACCOUNT, exposure, about, policy: POLICY });
const user = (more: Partial<ExposedUser> = {}): ExposedUser => ({
  userName: 'ci-deploy',
  keys: [newer()],
  current: null,
  ...more,
});

describe('the mail to operators about an exposed key', () => {
  it('says which key, a line each, and what to do', () => {
    const { subject, body } = mail(user({ keys: [newer(), older('Inactive')] }));
    expect(subject).toBe('[Solekey] prod-payments/ci-deploy: URGENT, exposed key');
    expect(body).toContain(
      'Urgent: AWS Health reports a key of IAM user ci-deploy in prod-payments as exposed: ...MPLE.',
    );
    expect(body).toContain('ACTIVE ...MPLE\nINACTIVE ...3QXK');
    expect(body).toContain(
      'so Solekey asks nobody and changes nothing. Create a new key, move everything to it,',
    );
    expect(body).toContain('Check in CloudTrail what was done with ...MPLE.');
    expect(body).not.toMatch(/AKIA|https?:/);
  });

  it('says that a quarantine names no key', () => {
    const { body } = mail(user(), USER);
    expect(body).toContain('because a key is exposed. The AWS Health Dashboard may name it.');
    expect(body).toContain('Check in CloudTrail what was done with these keys.');
  });

  it('asks for no replacement of a key that is not active', () => {
    const { body } = mail(user({ keys: [older('Inactive')] }));
    expect(body).toContain('The user has no active access key');
    expect(body).not.toContain('Create a new key');
  });

  it('says what an open case does, and that keys could not be read', () => {
    expect(mail(user({ current: aCase({ phase: 'grace' }) })).body).toContain('goes on as decided.');
    expect(mail(user({ current: aCase({ phase: 'closed', closedAs: 'by-owner' }) })).body).toContain(
      'The user has 1 active access key',
    );
    const unread = mail(user({ keys: null })).body;
    expect(unread).toContain('Solekey could not read the keys of this user. Create a new key');
  });

  it("says that a key of nobody may be the root user's", () => {
    const { subject, body } = mail(null);
    expect(subject).toContain('/no IAM user: URGENT, exposed key');
    expect(body).toContain("it was deleted, it is temporary, or it is the root user's.");
    expect(body).not.toContain('list-access-keys');
  });

  it('makes no link of a name', () => {
    expect(mail(user({ userName: 'evil.example.com' })).body).not.toMatch(/(?<!\[)evil\.example/);
  });
});
