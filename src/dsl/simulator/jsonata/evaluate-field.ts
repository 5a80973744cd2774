import type { Json, JsonObject } from '../../asl/machine.ts';
import type { Process } from '../request.ts';
import { EvaluationFailure } from '../state-failure.ts';
import { contextObject, type Visit } from '../visit.ts';
import type { StatesVariable } from './direct/syntax-node.ts';
import { directValue } from './evaluate-expression.ts';
import { evaluateTemplate, expressionSource, isLiteral } from './evaluate-template.ts';

/** A field of a state, and what `$states` holds beside the input and the context while it is evaluated. */
interface Field {
  readonly name: string;
  readonly template: Json;
  readonly result?: Json | undefined;
  readonly errorOutput?: Json | undefined;
  /** The context object's `Map`, where it differs from the visit's own. */
  readonly map?: JsonObject;
}

/** `$states` in a field. Few expressions read the context object: it is made for those. */
class FieldStates implements StatesVariable {
  readonly input: Json;
  readonly result: Json | undefined;
  readonly errorOutput: Json | undefined;
  readonly #visit: Visit;
  readonly #map: JsonObject | undefined;
  #context: JsonObject | undefined;

  constructor(visit: Visit, { result, errorOutput, map = visit.map }: Field) {
    this.input = visit.input;
    this.result = result;
    this.errorOutput = errorOutput;
    this.#visit = visit;
    this.#map = map;
  }

  get context(): JsonObject {
    return (this.#context ??= contextObject(this.#visit, this.#map));
  }
}

/** @throws EvaluationFailure */
export function* evaluateField(visit: Visit, field: Field): Process<Json> {
  return fieldAtOnce(visit, field) ?? (yield* fieldLater(visit, field));
}

/**
 * The field's value where it is a literal or one expression that can be had at once; else undefined. With `fieldLater`
 * it spares a state that has nothing else the making of a process.
 */
export function fieldAtOnce(visit: Visit, field: Field): Json | undefined {
  const { template } = field;
  if (isLiteral(template)) return template;
  const source = typeof template === 'string' ? expressionSource(template) : undefined;
  return source === undefined ? undefined : directValue(source, bindingsOf(visit, field));
}

/**
 * The value of a field that cannot be had at once.
 * @throws EvaluationFailure
 */
export function* fieldLater(visit: Visit, field: Field): Process<Json> {
  const place = { field: field.name, bindings: bindingsOf(visit, field) };
  const source = typeof field.template === 'string' ? expressionSource(field.template) : undefined;
  return source === undefined
    ? yield* evaluateTemplate(field.template, place)
    : ((yield { kind: 'evaluate', evaluation: { source, ...place } }) as Json);
}

const bindingsOf = (visit: Visit, field: Field) => ({
  variables: visit.scope.visible(),
  states: new FieldStates(visit, field),
});

interface JsonTypes {
  readonly array: readonly Json[];
  readonly boolean: boolean;
  readonly number: number;
  readonly string: string;
}

/**
 * A field whose value must be of one type.
 * @throws EvaluationFailure in Step Functions' words when an expression gives another.
 */
export function* evaluateTyped<T extends keyof JsonTypes>(
  visit: Visit,
  field: Field,
  expected: T,
): Process<JsonTypes[T]> {
  const value = fieldAtOnce(visit, field) ?? (yield* fieldLater(visit, field));
  if (typeOf(value) === expected) return value as JsonTypes[T];
  throw unexpectedType(field, expected, value);
}

/** What a field fails with whose value is of another type than it must be. */
export function unexpectedType(
  { name, template }: Pick<Field, 'name' | 'template'>,
  expected: keyof JsonTypes,
  value: Json,
): EvaluationFailure {
  const source = typeof template === 'string' ? expressionSource(template) : undefined;
  return new EvaluationFailure(
    `The JSONata expression '${source ?? JSON.stringify(template)}' specified for the field '${name}' ` +
      `returned an unexpected result type. Expected '${expected}', but was '${typeOf(value)}' for value: ${JSON.stringify(value)}`,
    name,
  );
}

const typeOf = (value: Json) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
