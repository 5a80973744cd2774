import type { Form, Making } from './making.ts';
import { NOT_DIRECT } from './syntax-node.ts';

/** `$`, a variable of the expression's own, or one that is bound; what is neither may be a function of JSONata's. */
export function variableForm(name: unknown, making: Making): Form {
  if (name === '') return (_, context) => context;
  const own = making.own(name);
  if (own?.kind === 'value') return () => own.value;
  if (own !== undefined) throw NOT_DIRECT;
  if (typeof name !== 'string' || name === 'states') throw NOT_DIRECT;
  return ({ variables }) => {
    if (Object.hasOwn(variables, name)) return variables[name];
    throw NOT_DIRECT;
  };
}
