/** Takes the token out of the link of a confirmation mail. The link itself is never opened. */

/** The topic and token for a confirmation, or a sentence that says what is wrong with the link. It never repeats the token. */
export type Confirmation =
  | { readonly topicArn: string; readonly token: string }
  | { readonly problem: string };

const COPY =
  'Copy the link "Confirm subscription" of the mail without opening it, and put it in single quotes.';

/** Reads a link. Only SNS of the stack's Region is trusted, and only topics of the stack. */
export function readConfirmation(text: string, region: string, topics: readonly string[]): Confirmation {
  const link = text.trim().replace(/^(["'<])(.*)(["'>])$/s, '$2');
  if (/[\s\p{Cc}]/u.test(link)) {
    return { problem: `There is a space or a line break in the link. ${COPY}` };
  }
  const url = URL.canParse(link) ? new URL(link.replaceAll('&amp;', '&')) : null;
  if (url === null || /["'<>`\\]/.test(link)) {
    return { problem: `This is not a link. ${COPY}` };
  }
  const host = `sns.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  if (url.protocol !== 'https:' || url.host !== host || url.username !== '' || url.password !== '') {
    return {
      problem: `The link must begin with https://${host}/ and begins with ${url.protocol}//${url.host}/. If your mail system rewrites links, copy the original one.`,
    };
  }
  if (/unsubscribe/i.test(`${url.pathname}${url.searchParams.get('Action') ?? ''}`)) {
    return { problem: `This is the link to unsubscribe, and it was not opened. ${COPY}` };
  }
  const confirms =
    url.pathname === '/confirmation.html' || url.searchParams.get('Action') === 'ConfirmSubscription';
  const [topicArn = '', token = ''] = ['TopicArn', 'Token'].map((name) => only(url.searchParams, name));
  if (!confirms || !/^[0-9a-zA-Z]{16,1024}$/.test(token)) {
    return { problem: `This is not the link of a confirmation mail. ${COPY}` };
  }
  return topics.includes(topicArn)
    ? { topicArn, token }
    : {
        problem:
          'The link confirms a subscription to a topic that does not belong to this stack. Is it the right mail, and the right --stack?',
      };
}

/** The value of a parameter; undefined if there is none, or more than one. */
function only(parameters: URLSearchParams, name: string): string | undefined {
  const values = parameters.getAll(name);
  return values.length === 1 ? values[0] : undefined;
}
