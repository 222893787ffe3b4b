import { randomUUID } from 'node:crypto';
import type { AwsCall } from './call.ts';
import type { WebAnswer } from './http.ts';
import { escapeXml } from './xml.ts';

/** The services whose errors are XML within an `ErrorResponse`. */
const QUERY_PROTOCOL: readonly string[] = ['iam', 'sts', 'sns'];

/** An error answer in the protocol of the call, which the SDK turns into the exception of that name. */
export function refuse(call: AwsCall, status: number, code: string, message: string): WebAnswer {
  if (call.service === 's3') {
    const text = `<Error><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error>`;
    return { status, headers: { 'content-type': 'application/xml' }, body: Buffer.from(text) };
  }
  if (!QUERY_PROTOCOL.includes(call.service)) {
    return {
      status,
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': code },
      body: Buffer.from(JSON.stringify({ __type: code, message })),
    };
  }
  const text =
    '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type>' +
    `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error>` +
    `<RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
  return { status, headers: { 'content-type': 'text/xml' }, body: Buffer.from(text) };
}

/** A successful answer in IAM's protocol with this result. */
export function accept(call: AwsCall, result: string): WebAnswer {
  const { action } = call;
  const text =
    `<${action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${action}Result>${result}</${action}Result>` +
    `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body: Buffer.from(text) };
}

/** The error code of an answer in either protocol; undefined if the call succeeded. */
export function errorCodeOf(answer: WebAnswer): string | undefined {
  if (answer.status < 400) {
    return undefined;
  }
  const named = answer.headers['x-amzn-errortype'];
  const text = answer.body.toString('utf8');
  const code =
    (typeof named === 'string' ? named : undefined) ??
    /<Code>([^<]+)<\/Code>/.exec(text)?.[1] ??
    /"__type"\s*:\s*"([^"]+)"/.exec(text)?.[1] ??
    String(answer.status);
  return code.split('#').at(-1)?.split(':')[0] ?? code;
}
