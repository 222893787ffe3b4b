/**
 * One-line faults, made from the syntax of a file: a comparison is turned round, a guard is dropped, a field is left
 * out. Each is what a tired person could write, and what no compiler would refuse.
 */
import { listed, type Node, nameAround, treeOf, visited, within } from './syntax.ts';

/** One change of one file. */
export interface Fault {
  readonly file: string;
  /** Where and what, as the lists name it: `refusal: request.at > claim.expires, flipped`. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** What stands there instead. */
  readonly to: string;
}

/** What else a file is asked for. */
export interface Wanted {
  /** Functions and constants in which every field of every object is left out once: digests, proofs, conditions. */
  readonly fieldsOf?: readonly string[];
}

const FLIPPED: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

/** Methods whose predicate is a guard. */
const GUARDED = ['filter', 'find', 'findLast', 'some', 'every'];

type Made = Pick<Fault, 'start' | 'end' | 'to'> & { readonly how: string };

/** The faults of one file, in the order of its text. Two that would give the same text are one. */
export function faultsIn(file: string, source: string, { fieldsOf = [] }: Wanted = {}): Fault[] {
  const found: Fault[] = [];
  const results = new Set<string>();
  const names = new Map<string, number>();
  visited(treeOf(source), (node, around) => {
    const place = nameAround(around);
    const isField = fieldsOf.some((name) => place.split('.').includes(name));
    for (const { how, ...change } of [...madeOf(node, source), ...(isField ? leftOut(node, source) : [])]) {
      const result = changed(source, change);
      if (results.has(result)) {
        continue;
      }
      results.add(result);
      const what = `${place}: ${inOneLine(source.slice(node.start, node.end))}, ${how}`;
      const count = (names.get(what) ?? 0) + 1;
      names.set(what, count);
      found.push({ file, name: count === 1 ? what : `${what} (${count})`, ...change });
    }
  });
  return found;
}

/** The source with a fault. */
export function changed(source: string, { start, end, to }: Pick<Fault, 'start' | 'end' | 'to'>): string {
  return source.slice(0, start) + to + source.slice(end);
}

function madeOf(node: Node, source: string): Made[] {
  switch (node.type) {
    case 'BinaryExpression':
      return turned(node, source);
    case 'LogicalExpression':
      return without(node, source);
    case 'IfStatement':
      return unguarded(node, source);
    case 'ConditionalExpression':
      return unconditional(node, source);
    case 'CallExpression':
      return accepting(node);
    default:
      return [];
  }
}

function textOf(node: Node | null, source: string): string {
  return node === null ? '' : source.slice(node.start, node.end);
}

function turned(node: Node, source: string): Made[] {
  const operator = String(node.operator);
  const [left, right] = [within(node, 'left'), within(node, 'right')];
  if (operator === 'instanceof' || operator === 'in') {
    return [{ start: node.start, end: node.end, to: `!(${textOf(node, source)})`, how: 'flipped' }];
  }
  const other = FLIPPED[operator];
  return other === undefined
    ? []
    : [
        {
          start: node.start,
          end: node.end,
          to: `${textOf(left, source)} ${other} ${textOf(right, source)}`,
          how: 'flipped',
        },
      ];
}

/** Of two conditions that must hold, or of which one must, each alone. */
function without(node: Node, source: string): Made[] {
  if (node.operator === '??') {
    return [];
  }
  const sides = [within(node, 'left'), within(node, 'right')] as const;
  return (['without the right', 'without the left'] as const).map((how, index) => ({
    start: node.start,
    end: node.end,
    to: `(${textOf(sides[index] ?? null, source)})`,
    how,
  }));
}

/** A guard is never taken. What it would have done is left out; with an else, that is always done. */
function unguarded(node: Node, source: string): Made[] {
  return [
    {
      start: node.start,
      end: node.end,
      to: textOf(within(node, 'alternate'), source) || '{}',
      how: 'dropped',
    },
  ];
}

function unconditional(node: Node, source: string): Made[] {
  return ['consequent', 'alternate'].map((arm, index) => ({
    start: node.start,
    end: node.end,
    to: `(${textOf(within(node, arm), source)})`,
    how: index === 0 ? 'always the first' : 'always the second',
  }));
}

function accepting(node: Node): Made[] {
  const callee = within(node, 'callee');
  const method = callee?.type === 'MemberExpression' ? within(callee, 'property') : null;
  const [predicate] = listed(node, 'arguments');
  if (method === null || predicate === undefined || !GUARDED.includes(String(method.name))) {
    return [];
  }
  return [{ start: predicate.start, end: predicate.end, to: '() => true', how: 'accepts everything' }];
}

function leftOut(node: Node, source: string): Made[] {
  if (node.type === 'ObjectExpression') {
    return listed(node, 'properties').map((property) => ({
      start: property.start,
      end: property.end + (source[property.end] === ',' ? 1 : 0),
      to: '',
      how: `without ${inOneLine(textOf(property, source)).slice(0, 40).trim()}`,
    }));
  }
  return [];
}

function inOneLine(text: string): string {
  const line = text
    .replace(/\/\/.*$/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= 90 ? line : `${line.slice(0, 60)} … ${line.slice(-27)}`;
}
