import type * as z from 'zod';

/** True if the problem is a text that is none of those this release knows, like another phase: a newer release wrote it. */
export function isUnknownVariant(issue: z.core.$ZodIssue, content: unknown): boolean {
  const union =
    issue.code === 'invalid_union' && 'note' in issue && issue.note === 'No matching discriminator';
  return (union || issue.code === 'invalid_value') && typeof at(content, issue.path) === 'string';
}

/** The value at a path within some content; undefined if there is none. */
export function at(content: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (within, part) =>
      typeof within === 'object' && within !== null
        ? (within as Record<PropertyKey, unknown>)[part]
        : undefined,
    content,
  );
}
