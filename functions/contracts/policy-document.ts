import * as z from 'zod';
import type { Effect, Names, PolicyDocument, Statement } from '../core/inventory/documents.ts';

const names = z.union([z.string().transform((one) => [one]), z.array(z.string())]).optional();

const statementSchema = z.object({
  Effect: z.enum(['Allow', 'Deny'] as const satisfies readonly Effect[]),
  Action: names,
  NotAction: names,
  Resource: names,
  NotResource: names,
  Condition: z.record(z.string(), z.unknown()).optional(),
});

const documentSchema = z.object({ Statement: z.union([statementSchema, z.array(statementSchema)]) });

/**
 * A policy document as IAM returns it: JSON, URL-encoded by RFC 3986. Null if it is not what IAM documents; nothing may
 * then be concluded from it.
 */
export function policyDocument(text: string): PolicyDocument | null {
  const parsed = documentSchema.safeParse(decoded(text));
  if (!parsed.success) {
    return null;
  }
  const statements = [parsed.data.Statement].flat().map(statement);
  return statements.every((one) => one !== null) ? statements : null;
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(text));
  } catch {
    return null;
  }
}

function statement(raw: z.infer<typeof statementSchema>): Statement | null {
  const actions = namesIn(raw.Action, raw.NotAction);
  const resources = namesIn(raw.Resource, raw.NotResource);
  const conditional = Object.keys(raw.Condition ?? {}).length > 0;
  return actions === null || resources === null
    ? null
    : { effect: raw.Effect, actions, resources, conditional };
}

/** IAM requires exactly one of the two. */
function namesIn(these: string[] | undefined, allBut: string[] | undefined): Names | null {
  if (these !== undefined && allBut === undefined) {
    return { patterns: these, except: false };
  }
  return allBut !== undefined && these === undefined ? { patterns: allBut, except: true } : null;
}
