import { describe, expect, it } from 'vitest';
import { isFormType, parseForm } from '../../functions/contracts/decision-form.ts';
import { readTyped } from '../../functions/contracts/form-fields.ts';
import { CASE_LINK_WHYS } from '../../functions/core/channel/link-request.ts';

const facts = 'ab'.repeat(32);
const KEEP = 'AKIAIOSFODNN7EXAMPLE';
const parse = (text: string) => parseForm(Buffer.from(text));

describe('a form', () => {
  it('decides', () => {
    expect(parse(`keep=${KEEP}&off=3qxk%2C+R7WZ&inUse=yes&facts=${facts}`)).toEqual({
      kind: 'keep',
      keep: KEEP,
      off: { text: '3qxk, R7WZ', fours: ['3QXK', 'R7WZ'] },
      inUse: true,
      shownInUse: [],
      facts,
    });
  });

  it('may leave out what a browser leaves out', () => {
    expect(parse(`off=&facts=${facts}`)).toEqual({
      kind: 'keep',
      keep: null,
      off: { text: '', fours: [] },
      inUse: false,
      shownInUse: [],
      facts,
    });
  });

  it('asks for a reason if it has either field of it', () => {
    const given = (fields: string) => parse(`keep=${KEEP}&off=3qxk&${fields}&facts=${facts}`);
    expect(given('reason=unused')).toMatchObject({ grounds: { reason: 'unused', comment: '' } });
    expect(given('reason=')).toMatchObject({ grounds: { reason: null, comment: '' } });
    expect(given('comment=x')).toMatchObject({ grounds: { reason: null, comment: 'x' } });
    expect(given(`reason=other&comment=${encodeURIComponent(' a\u061cb\u202ec\u200f ')}`)).toMatchObject({
      grounds: { reason: 'other', comment: 'abc' },
    });
  });

  it('brings keys back', () => {
    expect(parse(`back=3QXK&facts=${facts}`)).toEqual({
      kind: 'restore',
      back: { text: '3QXK', fours: ['3QXK'] },
      asked: false,
      facts,
    });
  });

  it('of a page of the next release calls the digest by its new name', () => {
    expect(parse(`remove=3QXK&digest=${facts}`)).toEqual(parse(`remove=3QXK&facts=${facts}`));
    expect(parse(`keep=${KEEP}&off=3qxk&digest=${facts}`)).toMatchObject({ kind: 'keep', facts });
    expect(parse(`back=3QXK&digest=${facts}`)).toMatchObject({ kind: 'restore', facts });
  });

  it('asks for a mail with a link', () => {
    for (const wish of CASE_LINK_WHYS) {
      expect(parse(`mail=${wish}`)).toEqual({ kind: 'link', wish });
    }
    expect(parse('mail=all')).toBeNull();
    // A case has no link to the report.
    expect(parse('mail=report')).toBeNull();
    expect(parse(`mail=row&facts=${facts}`)).toBeNull();
  });

  it('confirms a deletion', () => {
    expect(parse(`remove=delete+3QXK+r7wz&facts=${facts}`)).toEqual({
      kind: 'confirm',
      remove: { text: 'delete 3QXK r7wz', fours: ['3QXK', 'R7WZ'] },
      facts,
    });
  });

  it.each([
    ['3QXK', null],
    ['', null],
    ['3QXK delete', null],
    ['delete3QXK', null],
    ['deleted 3QXK', null],
    ['delete 3QX', null],
    ['delete', []],
    ['  Delete …3QXK;mple ', ['3QXK', 'MPLE']],
    ['DELETE 3QXKMPLE', ['3QXK', 'MPLE']],
  ])('reads the deletion "%s" as %j, and keeps it as it was typed', (text, fours) => {
    const remove = encodeURIComponent(text);
    expect(parse(`remove=${remove}&facts=${facts}`)).toMatchObject({ remove: { text, fours } });
  });

  it.each([
    ['a confirmation without facts', 'remove=3QXK'],
    ['a confirmation with a key to keep', `keep=${KEEP}&remove=3QXK&facts=${facts}`],
    ['a confirmation with the checkbox', `remove=3QXK&inUse=yes&facts=${facts}`],
    ['a confirmation and a restore in one', `remove=3QXK&back=3QXK&facts=${facts}`],
    ['a confirmation and a decision in one', `remove=3QXK&off=3QXK&facts=${facts}`],
    ['a confirmation twice', `remove=3QXK&remove=3QXK&facts=${facts}`],
    ['nothing', ''],
    ['no facts', 'off=3QXK'],
    ['facts that are no digest', 'off=3QXK&facts=abc'],
    ['a field twice', `keep=${KEEP}&keep=${KEEP}&off=3QXK&facts=${facts}`],
    ['the facts twice', `off=3QXK&facts=${facts}&facts=${facts}`],
    ['an unknown field', `off=3QXK&facts=${facts}&admin=1`],
    ['__proto__', `off=3QXK&facts=${facts}&__proto__=1`],
    ['both forms in one', `off=3QXK&back=3QXK&facts=${facts}`],
    ['keep in the restore form', `keep=${KEEP}&back=3QXK&facts=${facts}`],
    ['another value of the checkbox', `off=3QXK&inUse=on&facts=${facts}`],
    ['a key id that is none', `keep=..%2F..&off=3QXK&facts=${facts}`],
    ['more text than anybody types', `off=${'A'.repeat(1001)}&facts=${facts}`],
    ['a line break in the facts', `off=3QXK&facts=${facts}%0A`],
  ])('is not: %s', (_name, text) => {
    expect(parse(text)).toBeNull();
  });

  it('is not: bytes that are no UTF-8', () => {
    expect(parseForm(Buffer.concat([Buffer.from(`facts=${facts}&off=`), Buffer.from([0xff])]))).toBeNull();
  });
});

describe('last fours as typed', () => {
  it.each([
    ['3QXK', ['3QXK']],
    ['3qxk mple', ['3QXK', 'MPLE']],
    ['3QXK,MPLE', ['3QXK', 'MPLE']],
    ['3QXK;MPLE', ['3QXK', 'MPLE']],
    ['3QXKMPLE', ['3QXK', 'MPLE']],
    [' …3QXK\t...MPLE\r\n', ['3QXK', 'MPLE']],
    ['AKIAI44QH8DHBEX13QXK', ['3QXK']],
    ['akiai44qh8dhbex13qxk, MPLE', ['3QXK', 'MPLE']],
    ['AKIA3QXKMPLE', ['AKIA', '3QXK', 'MPLE']],
    ['3QXK 3QXK', ['3QXK', '3QXK']],
    ['', []],
    [' , ', []],
    ['3QX', null],
    ['3QXKM', null],
    ['3QXK and MPLE', null],
    ['3Q-XK', null],
    ['３ＱＸＫ', null],
  ])('%j', (text, fours) => {
    expect(readTyped(text)).toEqual({ text, fours });
  });
});

describe('the type of a form', () => {
  it.each([
    ['application/x-www-form-urlencoded', true],
    ['Application/X-WWW-Form-Urlencoded', true],
    ['application/x-www-form-urlencoded; charset=UTF-8', true],
    ['application/x-www-form-urlencoded;charset="utf-8"', true],
    ['application/x-www-form-urlencoded; charset=utf-16', false],
    ['application/x-www-form-urlencoded-not', false],
    ['multipart/form-data; boundary=x', false],
    ['text/plain', false],
    ['application/json', false],
    ['', false],
    [undefined, false],
  ])('%s: %s', (type, is) => {
    expect(isFormType(type)).toBe(is);
  });
});
