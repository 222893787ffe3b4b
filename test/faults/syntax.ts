/** The syntax tree of a source file. Every node is a plain object with a type and its place in the text. */
import { parse } from '@babel/parser';

export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export function treeOf(source: string): Node {
  return parse(source, { sourceType: 'module', plugins: ['typescript'] }).program as unknown as Node;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The node in a field; null if there is none. */
export function within(node: Node, field: string): Node | null {
  const value = node[field];
  return isNode(value) ? value : null;
}

/** The nodes in a field that holds a list. */
export function listed(node: Node, field: string): readonly Node[] {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** Visits every node from the outside in, in the order of the text, with the nodes around it, nearest last. */
export function visited(
  node: Node,
  visit: (node: Node, around: readonly Node[]) => void,
  around: readonly Node[] = [],
) {
  visit(node, around);
  const inner = Object.entries(node).flatMap(([field, value]) =>
    field === 'loc' || field.endsWith('Comments')
      ? []
      : (Array.isArray(value) ? value : [value]).filter(isNode),
  );
  for (const child of inner.sort((a, b) => a.start - b.start)) {
    visited(child, visit, [...around, node]);
  }
}

/** The name of the function or constant around a node, by which people find it; of methods with the function around. */
export function nameAround(around: readonly Node[]): string {
  const names = around.flatMap((node) => {
    const declared = ['FunctionDeclaration', 'VariableDeclarator', 'ClassDeclaration'].includes(node.type);
    const named = declared ? within(node, 'id') : isMethod(node) ? within(node, 'key') : null;
    return named?.type === 'Identifier' ? [String(named.name)] : [];
  });
  return names
    .slice(0, 1)
    .concat(names.length > 1 ? names.slice(-1) : [])
    .join('.');
}

function isMethod(node: Node): boolean {
  if (node.type === 'ObjectMethod' || node.type === 'ClassMethod') {
    return true;
  }
  return node.type === 'ObjectProperty' && within(node, 'value')?.type === 'ArrowFunctionExpression';
}
