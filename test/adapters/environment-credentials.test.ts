import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultProvider } from '../../functions/adapters/environment-credentials.ts';

const given = (id: string, secret: string, token: string) => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', id);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secret);
  vi.stubEnv('AWS_SESSION_TOKEN', token);
};

afterEach(() => vi.unstubAllEnvs());

describe('credentials from the environment', () => {
  it('are those of the role, with the session', async () => {
    given('AKIA', 'secret', 'token');
    expect(await defaultProvider()()).toEqual({
      accessKeyId: 'AKIA',
      secretAccessKey: 'secret',
      sessionToken: 'token',
    });
  });

  it('need no session, as in the sandbox', async () => {
    given('AKIA', 'secret', '');
    expect(await defaultProvider()()).toEqual({ accessKeyId: 'AKIA', secretAccessKey: 'secret' });
  });

  it.each([
    ['', 'secret'],
    ['AKIA', ''],
  ])('are an error where one half is missing, without quoting the other: %j %j', async (id, secret) => {
    given(id, secret, 'token');
    await expect(defaultProvider()()).rejects.toThrow(
      /^There are no credentials in the environment: this function does not run in Lambda\.$/,
    );
  });
});
