import type * as z from 'zod';
import { type SchemaParts, partsOf } from './parts.ts';

/** Looks at a schema at its path; `false` goes no deeper. */
type Visit = (schema: z.core.$ZodType, parts: SchemaParts, path: string) => boolean;

/** Every schema within one, itself first, each once. */
export function walkSchema(schema: z.core.$ZodType, path: string, visit: Visit): void {
  const seen = new Set<z.core.$ZodType>();
  const walk = (inner: z.core.$ZodType, at: string): void => {
    if (seen.has(inner)) return;
    seen.add(inner);
    const own = partsOf(inner);
    if (!visit(inner, own, at)) return;
    for (const [step, part] of own.parts) walk(part, `${at}${step}`);
  };
  walk(schema, path);
}
