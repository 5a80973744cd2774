import type * as z from 'zod';
import { DefinitionError } from '../../ast/definition-error.ts';
import type { TemplateNode } from '../../ast/expression-node.ts';
import { targetOf } from '../../expression/target.ts';
import { templateOf } from '../../expression/template.ts';

/**
 * What an author gives for a value of the schema. A field that a `z.strictObject` does not have is refused where it is
 * written out, since the types let it through where a callback gives it; what is known only when the machine runs is
 * left to the machine.
 * @throws DefinitionError for what is no JSON, and for such a field, naming its path.
 */
export function templateFor(given: unknown, schema: z.core.$ZodType, place: string): TemplateNode {
  const template = templateOf(given, place, targetOf(schema));
  refuseUnknownKeys(template, schema, place);
  return template;
}

function refuseUnknownKeys(template: TemplateNode, schema: z.core.$ZodType, place: string): void {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if ('innerType' in def) return refuseUnknownKeys(template, def.innerType, place);
  if (def.type === 'lazy') return refuseUnknownKeys(template, def.getter(), place);
  if (def.type === 'array' && template.kind === 'list')
    for (const [index, item] of template.items.entries())
      refuseUnknownKeys(item, def.element, `${place}[${index}]`);
  if (def.type === 'object' && template.kind === 'object')
    for (const [name, field] of Object.entries(template.fields)) {
      const known = Object.hasOwn(def.shape, name) ? def.shape[name] : undefined;
      if (known !== undefined) refuseUnknownKeys(field, known, `${place}.${name}`);
      else if (isNever(def.catchall))
        throw new DefinitionError(
          `${place}.${name}: the schema allows only ${Object.keys(def.shape).join(', ') || 'no field'}, got '${name}'; ` +
            `leave it out, or add it to the schema`,
        );
    }
}

/** The rest of a strict object. */
const isNever = (schema: z.core.$ZodType | undefined): boolean =>
  schema !== undefined && (schema as z.core.$ZodTypes)._zod.def.type === 'never';
