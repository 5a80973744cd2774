import type { Json, JsonObject, MapState, PassState } from '../../asl/machine.ts';
import type { PayloadHolder, QueryLanguage, Setting } from '../query-language.ts';
import type { Process } from '../request.ts';
import type { Visit } from '../visit.ts';
import { compileRule, RuleFault } from './choice/compile-rule.ts';
import { compileExpression, compileTemplate } from './compile-template.ts';
import { compilePath } from './path/compile-path.ts';
import { produce } from './produce.ts';
import { effectiveInput, fill, runtimeFailure, sourcesOf } from './read-fields.ts';
import { refusedPaths } from './refused-paths.ts';
import { waitUntil } from './wait-until.ts';

/** JSONPath: a field's value comes from a second one named `…Path`, or from members named `….$`. */
export const jsonPath: QueryLanguage = {
  refused: refusedPaths,
  *passResult(visit) {
    const state = visit.state as PassState;
    return state.Result === undefined ? yield* payload(visit, state) : state.Result;
  },
  payload,
  *template(visit, { template, map }) {
    return yield* fill(visit, compileTemplate(template), sourcesOf(visit, effectiveInput(visit), map));
  },
  // oxlint-disable-next-line require-yield -- the other language's is a process
  *number(visit, { wholeFrom, whole, ...setting }) {
    const { value, path } = settingOf(visit, setting);
    if (value === undefined) return undefined;
    const integer = whole === true || wholeFrom !== undefined;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && (integer ? Number.isInteger(number) : Number.isFinite(number))) {
      if (number >= (wholeFrom ?? Number.NEGATIVE_INFINITY)) return number;
      const kind = wholeFrom === 0 ? 'non-negative' : 'positive';
      throw runtimeFailure(visit, `Expected ${kind} integer for ${setting.name}, got '${number}' instead.`);
    }
    throw runtimeFailure(
      visit,
      `The ${setting.name}${path === undefined ? '' : 'Path'} field refers to value "${shown(value)}" which is not ` +
        `a valid ${integer ? 'integer' : 'float'}: ${path ?? shown(value)}`,
    );
  },
  *text(visit, { name, holder }) {
    const fields = holder as { readonly [name: string]: string | undefined };
    const expression = fields[`${name}Path`];
    if (expression === undefined) return fields[name];
    const template = compileExpression(expression, `${name}Path`);
    const value = yield* fill(visit, template, sourcesOf(visit, effectiveInput(visit)));
    if (typeof value === 'string') return value;
    throw runtimeFailure(
      visit,
      `The ${name}Path field refers to value "${shown(value)}" which is not a string: ${expression}`,
    );
  },
  waitUntil,
  // oxlint-disable-next-line require-yield -- the other language's is a process
  *holds(visit, rule) {
    try {
      return compileRule(rule as JsonObject)(sourcesOf(visit, effectiveInput(visit)));
    } catch (fault) {
      if (!(fault instanceof RuleFault)) throw fault;
      throw runtimeFailure(visit, fault.message);
    }
  },
  items,
  itemTemplate({ ItemSelector, Parameters }) {
    if (ItemSelector !== undefined) return { name: 'ItemSelector', template: ItemSelector };
    return Parameters === undefined ? undefined : { name: 'Parameters', template: Parameters };
  },
  produce,
};

function* payload(visit: Visit, { Parameters: template }: PayloadHolder): Process<Json> {
  const input = effectiveInput(visit);
  return template === undefined
    ? input
    : yield* fill(visit, compileTemplate(template), sourcesOf(visit, input));
}

/** The field's value, and the path that it comes from if it does. */
function settingOf(visit: Visit, { name, holder }: Setting): { value: Json | undefined; path?: string } {
  const fields = holder as { readonly [name: string]: Json | undefined };
  const path = fields[`${name}Path`] as string | undefined;
  if (path === undefined) return { value: fields[name] };
  const compiled = compilePath(path);
  const sources = sourcesOf(visit, effectiveInput(visit));
  const value = compiled.find(sources);
  if (value === undefined) throw runtimeFailure(visit, `Invalid path '${path}' : ${compiled.why(sources)}`);
  return { value, path };
}

/** @throws StateFailure States.Runtime when they are neither an array nor, for a distributed Map, an object. */
// oxlint-disable-next-line require-yield -- the other language's is a process
function* items(visit: Visit, { ItemsPath = '$' }: MapState, distributed: boolean): Process<Json> {
  const path = compilePath(ItemsPath);
  const sources = sourcesOf(visit, effectiveInput(visit));
  const values = path.find(sources);
  if (values === undefined) throw runtimeFailure(visit, `Invalid path '${ItemsPath}' : ${path.why(sources)}`);
  if (Array.isArray(values) || (distributed && typeof values === 'object' && values !== null)) return values;
  // A path into the context object is shown by what follows its first `$` (seen on AWS).
  const told = ItemsPath.replace(/^\$\$/, () => '$');
  throw runtimeFailure(visit, `Reference path "${told}" must point to array.`);
}

const shown = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
