import { describe, expect, it } from 'vitest';
import { readConfirmation } from '../../../ops/control/confirmation-link.ts';

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:Solekey-Mail';
const TOKEN = '2336412f37fb687f5d51e6e2425ba1f2';
const QUERY = `TopicArn=${TOPIC}&Token=${TOKEN}&Endpoint=sec@my-company.net`;
const LINK = `https://sns.us-east-1.amazonaws.com/confirmation.html?${QUERY}`;
const read = (link: string, region = 'us-east-1', topics = [TOPIC]) => readConfirmation(link, region, topics);

describe('the link of a confirmation mail', () => {
  it.each([
    LINK,
    ` ${LINK}\n`,
    `'${LINK}'`,
    `"${LINK}"`,
    `<${LINK}>`,
    LINK.replaceAll('&', '&amp;'),
    LINK.replace(TOPIC, encodeURIComponent(TOPIC)),
    `https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&${QUERY}`,
  ])('%j is read', (link) => {
    expect(read(link)).toEqual({ topicArn: TOPIC, token: TOKEN });
  });

  it('is read in China, where the domain is another one', () => {
    const china = 'arn:aws-cn:sns:cn-north-1:123456789012:Solekey-Mail';
    const link = `https://sns.cn-north-1.amazonaws.com.cn/confirmation.html?TopicArn=${china}&Token=${TOKEN}`;
    expect(read(link, 'cn-north-1', [china])).toEqual({ topicArn: china, token: TOKEN });
    expect(read(link.replace('.com.cn/', '.com/'), 'cn-north-1', [china])).toHaveProperty('problem');
  });

  it.each<[string, string]>([
    ['', 'This is not a link.'],
    ['sec-lead', 'This is not a link.'],
    [
      LINK.replace('https', 'http'),
      'must begin with https://sns.us-east-1.amazonaws.com/ and begins with http://sns',
    ],
    [
      LINK.replace('us-east-1.amazonaws', 'eu-west-1.amazonaws'),
      'begins with https://sns.eu-west-1.amazonaws.com/',
    ],
    [LINK.replace('amazonaws.com/', 'amazonaws.com.evil.net/'), 'If your mail system rewrites links'],
    [
      LINK.replace('https://', 'https://sns.us-east-1.amazonaws.com@evil.net/'),
      'If your mail system rewrites links',
    ],
    [LINK.replace('https://', 'https://user:pw@'), 'If your mail system rewrites links'],
    [LINK.replace('.com/', '.com:8443/'), 'If your mail system rewrites links'],
    [`https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(LINK)}`, 'rewrites links'],
    [LINK.replace('&Token', '\n&Token'), 'a space or a line break'],
    [LINK.replace('&Token', ' &Token'), 'a space or a line break'],
    [LINK.replace('&Token', '"&Token'), 'This is not a link.'],
    [LINK.replace('&Token', "'&Token"), 'This is not a link.'],
    [
      'https://sns.us-east-1.amazonaws.com/unsubscribe.html?SubscriptionArn=arn:aws:sns:us-east-1:123456789012:Solekey-Mail:1',
      'This is the link to unsubscribe, and it was not opened.',
    ],
    [LINK.replace('confirmation.html', ''), 'This is not the link of a confirmation mail.'],
    [LINK.replace(`&Token=${TOKEN}`, ''), 'This is not the link of a confirmation mail.'],
    [LINK.replace(TOKEN, ''), 'This is not the link of a confirmation mail.'],
    [`${LINK}&Token=${TOKEN}`, 'This is not the link of a confirmation mail.'],
    [LINK.replace('Solekey-Mail', 'Other'), 'a topic that does not belong to this stack'],
    [
      `${LINK}&TopicArn=arn:aws:sns:us-east-1:123456789012:Other`,
      'a topic that does not belong to this stack',
    ],
  ])('%j is refused', (link, says) => {
    const refused = read(link);
    expect(refused).toEqual({ problem: expect.stringContaining(says) });
    expect(JSON.stringify(refused), 'the token is never repeated').not.toContain(TOKEN.slice(0, 8));
  });
});
