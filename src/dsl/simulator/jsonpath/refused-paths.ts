import type { Catcher, JsonObject, State } from '../../asl/machine.ts';
import type { Refusal } from '../query-language.ts';
import { compileRule } from './choice/compile-rule.ts';
import { compileExpression, compileTemplate } from './compile-template.ts';
import { compilePath } from './path/compile-path.ts';
import { PathSyntaxError } from './path/text-reader.ts';
import { compileReferencePath } from './reference-path.ts';

/** Fields that hold payload templates, in a state or in a part of one. */
const templates = ['Parameters', 'ResultSelector', 'ItemSelector', 'Assign', 'Credentials', 'BatchInput'];

/** Parts of a state that have fields like its own. */
const parts = ['ItemReader', 'ReaderConfig', 'ItemBatcher', 'ResultWriter'];

/** The paths and functions of a state that Step Functions would not accept. */
export function* refusedPaths(state: State): Iterable<Refusal> {
  yield* refusedIn(state as unknown as JsonObject, '');
  if (state.Type === 'Choice')
    for (const [index, rule] of state.Choices.entries()) {
      const field = `Choices[${index}]`;
      yield* refused(field, () => compileRule(rule as JsonObject));
      yield* refusedIn(rule as JsonObject, `${field}/`);
    }
  const { Catch = [] } = state as { readonly Catch?: readonly Catcher[] };
  for (const [index, catcher] of Catch.entries())
    yield* refusedIn(catcher as unknown as JsonObject, `Catch[${index}]/`);
}

function* refusedIn(holder: JsonObject, place: string): Iterable<Refusal> {
  for (const [name, value] of Object.entries(holder)) {
    const field = `${place}${name}`;
    if (templates.includes(name)) yield* refused(field, () => compileTemplate(value));
    else if (parts.includes(name)) yield* refusedIn(value as JsonObject, `${field}/`);
    else if (name.endsWith('Path') && typeof value === 'string')
      yield* refused(field, () => compileField(name, value));
  }
}

function compileField(name: string, text: string): unknown {
  if (name === 'ResultPath') return compileReferencePath(text);
  return name === 'ErrorPath' || name === 'CausePath' ? compileExpression(text, name) : compilePath(text);
}

function* refused(field: string, compile: () => unknown): Iterable<Refusal> {
  try {
    compile();
  } catch (fault) {
    if (!(fault instanceof PathSyntaxError)) throw fault;
    yield { what: `SCHEMA_VALIDATION_FAILED: ${fault.message}`, field };
  }
}
