import { describe, expect, it } from 'vitest';
import { parseReview, readCount, readRow, rowText } from '../../functions/contracts/review-form.ts';
import { NEWER, USER_ID } from '../fakes/cases.ts';

const FACTS = '0123456789abcdef'.repeat(4);
const ROW = { userId: USER_ID, caseNumber: 3, keep: NEWER, off: ['3QXK', 'R7WZ'], facts: FACTS };
const parse = (text: string) => parseReview(new TextEncoder().encode(text));

describe('a row of a form about several users', () => {
  it('is read as it was written', () => {
    expect(rowText(ROW)).toBe(`${USER_ID}-3-${NEWER}-3QXK.R7WZ-${FACTS}`);
    expect(readRow(rowText(ROW))).toEqual(ROW);
  });

  it.each([
    '',
    'x',
    `${USER_ID}-0-${NEWER}-3QXK-${FACTS}`,
    `${USER_ID}-3-short-3QXK-${FACTS}`,
    `${USER_ID}-3-${NEWER}--${FACTS}`,
    `${USER_ID}-3-${NEWER}-3QX-${FACTS}`,
    `${USER_ID}-3-${NEWER}-3QXK.-${FACTS}`,
    `${USER_ID}-3-${NEWER}-3QXK-${FACTS.toUpperCase()}`,
    `${USER_ID}-3-${NEWER}-3QXK-${FACTS}0`,
    ` ${USER_ID}-3-${NEWER}-3QXK-${FACTS}`,
    `${'A'.repeat(129)}-3-${NEWER}-3QXK-${FACTS}`,
  ])('is not read from "%s"', (text) => {
    expect(readRow(text)).toBeNull();
  });
});

it.each([
  ['deactivate 21 keys', 21],
  ['  Deactivate  21  KEYS. ', 21],
  ['deactivate 1 key', 1],
  ['deactivate 21', null],
  ['21 keys', null],
  ['deactivate -1 keys', null],
  ['deactivate 21 keys please', null],
  ['deactivate 1e1 keys', null],
  ['deactivate 999999 keys', null],
])('"%s" is the number %s', (text, count) => {
  expect(readCount(text)).toBe(count);
});

describe('a form about several users', () => {
  const row = `row=${rowText(ROW)}`;

  it('is a choice of rows, or an answer', () => {
    expect(parse(`step=check&${row}&row=x`)).toEqual({
      kind: 'check',
      rows: [ROW, null],
      typed: { text: '', count: null },
      grounds: { reason: null, comment: '' },
    });
    expect(parse(`${row}&reason=unused&comment=+Ticket%0A4711+&count=deactivate+2+keys`)).toEqual({
      kind: 'decide',
      rows: [ROW],
      typed: { text: 'deactivate 2 keys', count: 2 },
      grounds: { reason: 'unused', comment: 'Ticket\n4711' },
    });
    expect(parse('')).toMatchObject({ kind: 'decide', rows: [], typed: { count: null } });
    expect(parse(`${row}&reason=&comment=&count=`)).toMatchObject({ grounds: { reason: null, comment: '' } });
  });

  it.each([
    `step=check&step=check&${row}`,
    `step=done&${row}`,
    `step=check&${row}&count=x`,
    `${row}&reason=unused&reason=other`,
    `${row}&reason=because`,
    `${row}&keep=${NEWER}`,
    `${row}&count=${'x'.repeat(1001)}`,
    `${row}&__proto__=x`,
    `${row}&comment=%ff`.replace('%ff', String.fromCharCode(0xd800)),
  ])('is no other: %s', (text) => {
    const lone = text.includes('\ud800');
    expect(lone ? parseReview(Uint8Array.from([0xff])) : parse(text)).toBeNull();
  });
});
