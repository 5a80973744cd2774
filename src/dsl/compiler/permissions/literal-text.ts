import type { TemplateNode } from '../../ast/expression-node.ts';

/** The fields of an object of arguments, with their texts; undefined for what is known only when the machine runs. */
export function literalTexts(template: TemplateNode): { readonly [field: string]: string | undefined } {
  if (template.kind !== 'object') return {};
  return Object.fromEntries(
    Object.entries(template.fields).map(([name, field]) => [
      name,
      field.kind === 'value' && field.value.kind === 'literal' && typeof field.value.value === 'string'
        ? field.value.value
        : undefined,
    ]),
  );
}
