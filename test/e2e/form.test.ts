import { describe, expect, it } from 'vitest';
import { filledIn, readForms } from '../../sandbox/story/form.ts';

const PAGE = `<form method="post">
<input type="hidden" name="facts" value="a&amp;b">
<label><input type="radio" name="keep" value="AKIA1" required
checked> one</label><label><input type="radio" name="keep" value="AKIA2" required
> two</label>
<input type="text" id="off" name="off" value="" required>
<input type="checkbox" name="inUse" value="yes" >
</form><form method="post"><input name="back"></form>`;

describe('forms as a person finds them', () => {
  it('reads every field, and what the page has chosen already', () => {
    const [first, second] = readForms(PAGE);
    expect(first?.fields.map(({ name, type, value, checked }) => [name, type, value, checked])).toEqual([
      ['facts', 'hidden', 'a&b', false],
      ['keep', 'radio', 'AKIA1', true],
      ['keep', 'radio', 'AKIA2', false],
      ['off', 'text', '', false],
      ['inUse', 'checkbox', 'yes', false],
    ]);
    expect(second?.fields.map(({ name }) => name)).toEqual(['back']);
  });

  it('sends hidden fields as they are and nothing that the person did not put in', () => {
    const [form = { fields: [] }] = readForms(PAGE);
    expect(String(filledIn(form, { keep: 'AKIA2', off: '1234' }))).toBe('facts=a%26b&keep=AKIA2&off=1234');
    expect(() => filledIn(form, { back: 'x' })).toThrow('the form has no field "back"');
  });
});
