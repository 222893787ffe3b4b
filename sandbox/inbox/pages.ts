import { escaped, page } from '../front/page.ts';
import { timeAndAge } from '../front/words.ts';
import type { WebAnswer } from '../gateway/http.ts';
import type { Inbox } from './inbox.ts';
import type { Mail } from './mail.ts';

/** SNS's own links keep AWS's host, and lead to the same path on this server. */
const SNS_HOST = /^https:\/\/sns\.[a-z0-9-]+\.amazonaws\.com(?=\/)/;

/** Turns addresses into links after the text is escaped, so that a mail cannot contain markup. */
const linked = (text: string): string =>
  escaped(text).replace(
    /https?:\/\/(?:[^\s<>&]|&amp;)+/g,
    (url) => `<a href="${url.replace(SNS_HOST, '')}">${url}</a>`,
  );

const time = (mail: Mail): string => `<time>${timeAndAge(mail.at, Date.now())}</time>`;

function listOf(mails: readonly Mail[]): string {
  const newestFirst = [...mails].reverse();
  const lines = newestFirst.map(
    (mail) => `<li>${time(mail)} <a href="/inbox/mail/${mail.id}">${escaped(mail.subject)}</a></li>`,
  );
  return lines.length === 0 ? '<p>No mail yet.</p>' : `<ul>${lines.join('')}</ul>`;
}

const WHAT_TO_DO =
  '<p>You are the approvers: every mail that Solekey sends comes here and nowhere else. Open one that asks for a ' +
  'decision, follow its link, and choose the key to keep.</p>';

/** The sandbox's mailboxes as pages: `/inbox`, `/inbox/to/<address>`, `/inbox/mail/<id>`. */
export function inboxPage(inbox: Inbox, path: string): WebAnswer {
  const [, , kind, which] = path.split('/').map(decodeURIComponent);
  if (kind === undefined) {
    const boxes = inbox.addresses.map(
      (address) =>
        `<h2><a href="/inbox/to/${encodeURIComponent(address)}">${escaped(address)}</a></h2>` +
        listOf(inbox.everythingFor(address).slice(-5)),
    );
    const elsewhere = '<p><a href="/config">What AWS Config shows</a></p>';
    return page(
      'Inboxes of the sandbox',
      `${WHAT_TO_DO}${boxes.join('')}<p>Reload this page for new mail.</p>${elsewhere}`,
    );
  }
  if (kind === 'to' && which !== undefined && inbox.addresses.includes(which)) {
    return page(
      `Inbox of ${which}`,
      `<p>Open a mail and follow its link. Reload this page for new mail.</p>${listOf(inbox.everythingFor(which))}<p><a href="/inbox">All inboxes</a></p>`,
    );
  }
  const mail = kind === 'mail' ? inbox.mail(Number(which)) : undefined;
  if (mail === undefined) {
    return page('Mail not found', '<p><a href="/inbox">All inboxes</a></p>', 404);
  }
  const back = `<a href="/inbox/to/${encodeURIComponent(mail.recipient)}">Inbox of ${escaped(mail.recipient)}</a>`;
  return page(
    mail.subject,
    `<p>To ${escaped(mail.recipient)}, ${time(mail)}</p><pre>${linked(`${mail.body}\n\n${mail.footer}`)}</pre><p>${back}</p>`,
  );
}
