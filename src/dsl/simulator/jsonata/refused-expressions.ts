import type { Json, State } from '../../asl/machine.ts';
import type { Refusal } from '../query-language.ts';
import { SimulationError } from '../simulation-error.ts';
import { expressionSource } from './evaluate-template.ts';
import { parseExpression } from './parse-expression.ts';

/** Fields that hold other states, or text that is never evaluated. */
const notEvaluated = new Set([
  'Branches',
  'Comment',
  'ItemProcessor',
  'Iterator',
  'Next',
  'QueryLanguage',
  'Resource',
  'Type',
]);

/** The expressions of a state that Step Functions would not accept. */
export function* refusedExpressions(state: State): Iterable<Refusal> {
  for (const [field, template] of Object.entries(state) as [string, Json][])
    if (!notEvaluated.has(field)) yield* refusedIn(template, field);
}

function* refusedIn(template: Json, field: string): Iterable<Refusal> {
  if (typeof template === 'string') {
    const what = refusalOf(template);
    if (what !== undefined) yield { what, field };
  } else if (typeof template === 'object' && template !== null)
    for (const [key, inner] of Object.entries(template))
      yield* refusedIn(inner, field + (Array.isArray(template) ? `[${key}]` : `/${key}`));
}

function refusalOf(text: string): string | undefined {
  const source = expressionSource(text);
  if (source === undefined) return undefined;
  try {
    parseExpression(source);
    return undefined;
  } catch (fault) {
    if (!(fault instanceof SimulationError)) throw fault;
    return `INVALID_JSONATA_EXPRESSION: ${fault.message}`;
  }
}
