import type { Json, JsonObject } from '../asl/machine.ts';
import { evaluateTemplate, expressionSource, isLiteral } from './jsonata/evaluate-template.ts';
import type { Process } from './request.ts';
import { EvaluationFailure } from './state-failure.ts';
import { contextObject, type Visit } from './visit.ts';

/** A field of a state, and what `$states` holds beside the input and the context while it is evaluated. */
interface Field {
  readonly name: string;
  readonly template: Json;
  readonly result?: Json | undefined;
  readonly errorOutput?: Json | undefined;
  /** The context object's `Map`, where it differs from the visit's own. */
  readonly map?: JsonObject;
}

/** @throws EvaluationFailure */
export function* evaluateField(visit: Visit, field: Field): Process<Json> {
  if (isLiteral(field.template)) return field.template;
  const states = {
    input: visit.input,
    context: contextObject(visit, field.map ?? visit.map),
    ...(field.result === undefined ? {} : { result: field.result }),
    ...(field.errorOutput === undefined ? {} : { errorOutput: field.errorOutput }),
  };
  const bindings = { ...visit.scope.visible(), states };
  return yield* evaluateTemplate(field.template, { field: field.name, bindings });
}

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
  const value = yield* evaluateField(visit, field);
  const actual = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  if (actual === expected) return value as JsonTypes[T];
  const source = typeof field.template === 'string' ? expressionSource(field.template) : undefined;
  throw new EvaluationFailure(
    `The JSONata expression '${source ?? JSON.stringify(field.template)}' specified for the field '${field.name}' ` +
      `returned an unexpected result type. Expected '${expected}', but was '${actual}' for value: ${JSON.stringify(value)}`,
    field.name,
  );
}
