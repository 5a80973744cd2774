import { only } from './only.ts';
import { type DirectForm, NOT_DIRECT, type SyntaxNode } from './syntax-node.ts';

/** A variable that is bound; what is not may be one of JSONata's own functions. */
export function variableForm(name: unknown): DirectForm | undefined {
  if (typeof name !== 'string' || name === '' || name === 'states') return undefined;
  return ({ variables }) => {
    if (Object.hasOwn(variables, name)) return variables[name];
    throw NOT_DIRECT;
  };
}

/** `$variable.field.field`, through objects; the fields of an array's elements are a sequence, which is not direct. */
export function pathForm(steps: readonly SyntaxNode[]): DirectForm | undefined {
  const [variable, ...fields] = steps;
  if (variable?.type !== 'variable' || !only(variable, ['value']) || fields.length === 0) return undefined;
  if (
    !fields.every((step) => step.type === 'name' && only(step, ['value']) && typeof step.value === 'string')
  )
    return undefined;
  const names = fields.map(({ value }) => value as string);
  const start = variable.value === 'states' ? statesForm(names.shift()) : variableForm(variable.value);
  if (start === undefined) return undefined;
  return (bindings) => {
    let value = start(bindings);
    for (const name of names) {
      if (Array.isArray(value)) throw NOT_DIRECT;
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
      value = (value as { readonly [field: string]: unknown })[name];
    }
    return value;
  };
}

const statesFields = ['input', 'context', 'result', 'errorOutput'] as const;

/** `$states.input` and its like; each is read only when the expression has it, as the context object has to be made. */
function statesForm(name: string | undefined): DirectForm | undefined {
  const field = statesFields.find((known) => known === name);
  return field === undefined ? undefined : ({ states }) => states?.[field];
}
