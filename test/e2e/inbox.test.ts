import { describe, expect, it } from 'vitest';
import { Inbox, NEWS } from '../../sandbox/inbox/inbox.ts';
import { inboxPage } from '../../sandbox/inbox/pages.ts';

const ADDRESS = 'security@example.com';

function inboxWith(): Inbox {
  const inbox = new Inbox((line) => {
    throw new Error(line);
  });
  inbox.open([ADDRESS]);
  return inbox;
}

const notification = (Subject: string, Message: string): string =>
  JSON.stringify({ Type: 'Notification', Subject, Message });

describe('inbox', () => {
  it('finds a mail that is there, and one that comes later', async () => {
    const inbox = inboxWith();
    await inbox.deliver(
      ADDRESS,
      notification('[Solekey] Please decide: ci', 'ci: http://127.0.0.1:1/c/v1.a.b'),
    );
    const first = await inbox.waitFor({ recipient: ADDRESS, userName: 'ci' }, 100);
    expect(first).toMatchObject({ id: 1, recipient: ADDRESS, link: 'http://127.0.0.1:1/c/v1.a.b' });
    const later = inbox.waitFor({ userName: 'ci', after: first.id }, 1_000);
    await inbox.deliver(ADDRESS, notification('[Solekey] Done: ci in sandbox', 'no link'));
    expect(await later).toMatchObject({ id: 2, link: null });
  });

  it('takes a user name as a whole word, and says what did not come', async () => {
    const inbox = inboxWith();
    await inbox.deliver(ADDRESS, notification('about ci-deploy', 'and nobody else.'));
    expect(inbox.mails({ userName: 'ci-deploy' })).toHaveLength(1);
    await expect(inbox.waitFor({ userName: 'ci' }, 10)).rejects.toThrow('a mail about ci did not come');
  });

  it('keeps notices for machines apart from mails', async () => {
    const inbox = inboxWith();
    await inbox.deliver(NEWS, notification('', '{"notice":"closed"}'));
    expect(inbox.mails()).toEqual([]);
    expect((await inbox.waitForNews(() => true, 100)).content).toEqual({ notice: 'closed' });
  });

  it('shows mails to a browser: links to click, everything else as text', async () => {
    const inbox = inboxWith();
    await inbox.deliver(
      ADDRESS,
      notification('<b>bold</b>', '<script>x</script> http://127.0.0.1:1/c/a?b=1'),
    );
    const list = inboxPage(inbox, `/inbox/to/${encodeURIComponent(ADDRESS)}`).body.toString();
    expect(list).toContain('&lt;b&gt;bold&lt;/b&gt;');
    const mail = inboxPage(inbox, '/inbox/mail/1').body.toString();
    expect(mail).not.toContain('<script>');
    expect(mail).toContain('<a href="http://127.0.0.1:1/c/a?b=1">');
    expect(inboxPage(inbox, '/inbox/mail/9').status).toBe(404);
    expect(inboxPage(inbox, '/inbox').body.toString()).toContain(ADDRESS);
  });

  it('keeps what SNS writes apart: its mails by type, its footer beside the text, its links on this server', async () => {
    const inbox = inboxWith();
    const at = (path: string) => `https://sns.us-east-1.amazonaws.com/${path}`;
    await inbox.deliver(
      ADDRESS,
      JSON.stringify({ Type: 'SubscriptionConfirmation', Subject: 'Confirm', Message: at('c.html?A=1&B=2') }),
    );
    await inbox.deliver(
      ADDRESS,
      JSON.stringify({ Type: 'Notification', Subject: 'S', Message: 'text', Footer: at('u.html?A=1&B=2') }),
    );
    expect(inbox.mails()).toMatchObject([
      { id: 2, body: 'text', link: null, unsubscribe: at('u.html?A=1&B=2') },
    ]);
    expect(inbox.mails({ type: 'SubscriptionConfirmation' })).toMatchObject([{ id: 1 }]);
    const shown = (id: number) => inboxPage(inbox, `/inbox/mail/${id}`).body.toString();
    expect(shown(1)).toContain(
      '<a href="/c.html?A=1&amp;B=2">https://sns.us-east-1.amazonaws.com/c.html?A=1&amp;B=2</a>',
    );
    expect(shown(2)).toContain('<a href="/u.html?A=1&amp;B=2">');
    expect(inboxPage(inbox, '/inbox').body.toString()).toContain('/inbox/mail/1');
  });
});
