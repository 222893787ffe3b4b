import { describe, expect, it } from 'vitest';
import { changed, faultsIn, type Wanted } from './generate.ts';
import { missing, parsed, sizeOf, written } from './lists.ts';

/** The faults of a function, each as the text that it leaves. */
function faultsOf(body: string, wanted?: Wanted): string[] {
  const source = `function f(a) {${body}}`;
  return faultsIn('a.ts', source, wanted).map((fault) => changed(source, fault).slice(15, -1));
}

describe('faults are made from the syntax', () => {
  it.each([
    ['a comparison is turned round', 'g(a < 1)', ['g(a >= 1)']],
    ['so are `in` and `instanceof`', "g('b' in a)", ["g(!('b' in a))"]],
    ['a guard is dropped', 'if (a) { return; } g()', ['{} g()']],
    ['with an else, that is always done', 'if (a) { g() } else { h() }', ['{ h() }']],
    ['of a choice each side is always taken', 'g(a ? 1 : 2)', ['g((1))', 'g((2))']],
    ['of two conditions each stands alone', 'g(a && b)', ['g((a))', 'g((b))']],
    ['what stands in for nothing is no condition', 'g(a ?? b)', []],
    ['a predicate accepts everything', 'a.filter(g)', ['a.filter(() => true)']],
    ['a call that has none is left alone', 'a.map(g)', []],
  ])('%s', (_what, body, faults) => {
    expect(faultsOf(body)).toEqual(faults);
  });

  it('a field is left out, where that is wanted', () => {
    const body = 'return { a, b: 1 };';
    expect(faultsOf(body)).toEqual([]);
    expect(faultsOf(body, { fieldsOf: ['f'] })).toEqual(['return {  b: 1 };', 'return { a,  };']);
  });

  it('types give none', () => {
    expect(faultsOf("let b: A extends B ? 'c' : 'd';")).toEqual([]);
  });

  it('a name says where and what, and two that say the same are numbered', () => {
    const source = 'const f = () => { g(a === b); g(a === b); };\nconst store = { get() { return a > b; } };';
    expect(faultsIn('a.ts', source).map(({ name }) => name)).toEqual([
      'f: a === b, flipped',
      'f: a === b, flipped (2)',
      'store.get: a > b, flipped',
    ]);
  });
});

describe('the list of expected faults', () => {
  const listed = new Map([
    ['a.ts', ['f: a, flipped', 'f: b, dropped']],
    ['b.ts', ['g: c, flipped']],
  ]);

  it('is read as it was written', () => {
    expect(parsed(written(listed))).toEqual(listed);
    expect(sizeOf(listed)).toBe(3);
  });

  it('shows what the code has no more, and what it has more', () => {
    const now = new Map([['a.ts', ['f: a, flipped', 'f: d, dropped']]]);
    expect(missing(listed, now)).toEqual(['a.ts f: b, dropped', 'b.ts g: c, flipped']);
    expect(missing(now, listed)).toEqual(['a.ts f: d, dropped']);
  });
});
