import type { Json, JsonObject } from '../machine.ts';
import { sdkModel } from '../sdk-model.ts';
import { bySpelledName, stepFunctionsMember } from '../sdk-naming.ts';
import { type Schema, schemaOf, type Structure } from '../sdk-schema.ts';
import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { isList, isObject, kindOf, step } from './json-value.ts';
import type { StateNode } from './machine-tree.ts';
import { nearest } from './nearest.ts';
import { requestOf } from './requests.ts';
import { resourceOf } from './resource.ts';

/**
 * Arguments that a call does not have, and those that it must have. CreateStateMachine refuses both; a name that is
 * not near any known one may be newer than what is known here, and is only a doubt.
 */
export const checkArguments: Check = ({ states }) =>
  states.flatMap((state) => [
    ...(state.type === 'Task' ? ofCall({ owner: state.value, part: '', state }) : []),
    ...(state.type === 'Map'
      ? (['ItemReader', 'ResultWriter'] as const).flatMap((part) => {
          const owner = state.value[part];
          return isObject(owner) ? ofCall({ owner, part: `/${part}`, state }) : [];
        })
      : []),
  ]);

interface Call {
  /** What has Resource and Arguments. */
  readonly owner: JsonObject;
  readonly part: string;
  readonly state: StateNode;
}

interface Given {
  readonly call: string;
  readonly value: JsonObject;
  readonly part: string;
  readonly state: StateNode;
}

function ofCall({ owner, part, state }: Call): readonly Fault[] {
  const resource = resourceOf(owner.Resource);
  if (resource === undefined || !('action' in resource)) return [];
  // A reader or writer of another service is told as such.
  if (part !== '' && resource.service !== 's3') return [];
  const field = state.language === 'JSONata' ? 'Arguments' : 'Parameters';
  const value = owner[field];
  if (value === undefined || (typeof value === 'string' && value.startsWith('{%'))) return [];
  if (!isObject(value)) {
    const problem = `a call of a service takes an object, got ${kindOf(value)}`;
    return [{ code: 'wrong-type', ...at(state, `${part}/${field}`), problem, remedy: 'make it an object' }];
  }
  const given = {
    call: `${resource.service}:${resource.action}`,
    value,
    part: `${part}/${field}`,
    state,
  };
  if (resource.kind === 'sdk') {
    const operation = sdkModel(resource.service)?.operation(resource.action);
    const schema = operation === undefined ? undefined : schemaOf(operation, 'input');
    return schema?.kind === 'structure' ? ofStructure(schema, given, true) : [];
  }
  const request = requestOf(resource.service, resource.action);
  if (request === undefined) return [];
  const { fields } = request;
  return [
    ...missing(request.required, given),
    ...(fields === undefined
      ? []
      : unknown(given, (name) => (fields.includes(name) ? name : nearest(name, fields)))),
  ];
}

/** @param outermost Whether it is the request itself, which alone Step Functions surely compares with its own model. */
function ofStructure(schema: Structure, given: Given, outermost: boolean): readonly Fault[] {
  const byName = bySpelledName(schema);
  // Names that only this SDK spells so are told, but Step Functions' way is a rule of ours, and not its word.
  const meant = (name: string) =>
    schema.bySdkName.has(name) ? stepFunctionsMember(name) : nearest(name, byName.keys());
  return [
    ...(outermost ? missing(schema.required.map(stepFunctionsMember), given) : []),
    ...unknown(given, (name) => (byName.has(name) ? name : meant(name))).map((fault): Fault =>
      outermost ? fault : { ...fault, code: 'doubtful-argument' },
    ),
    ...Object.entries(given.value).flatMap(([key, value]) => {
      const member = byName.get(key);
      return member === undefined
        ? []
        : within(member.schema, value, { ...given, part: given.part + step(key) });
    }),
  ];
}

/** A map's keys are data, a structure's are names. */
function within(schema: Schema, value: Json, given: Given): readonly Fault[] {
  if (schema.kind === 'structure' && isObject(value)) return ofStructure(schema, { ...given, value }, false);
  if (schema.kind !== 'collection' || !(isList(value) || isObject(value))) return [];
  const items: readonly (readonly [string, Json])[] = isList(value)
    ? value.map((one, index) => [step(index), one])
    : Object.entries(value).map(([key, one]) => [step(key), one]);
  return items.flatMap(([part, one]) => within(schema.of(), one, { ...given, part: given.part + part }));
}

const plain = (key: string): string => key.replace(/\.\$$/, '');

function missing(required: readonly string[], { call, value, part, state }: Given): readonly Fault[] {
  // One that is only spelt otherwise is told as such.
  const given = new Set(Object.keys(value).map((key) => plain(key).toLowerCase()));
  const absent = required.filter((name) => !given.has(name.toLowerCase()));
  if (absent.length === 0) return [];
  const problem = `${call} must have ${absent.join(' and ')}`;
  return [{ code: 'missing-argument', ...at(state, part), problem, remedy: `add ${absent.join(' and ')}` }];
}

/** @param meantBy What a name is, or was meant to be. */
function unknown(
  { call, value, part, state }: Given,
  meantBy: (name: string) => string | undefined,
): readonly Fault[] {
  return Object.keys(value).flatMap((key): readonly Fault[] => {
    const name = plain(key);
    const meant = meantBy(name);
    if (meant === name) return [];
    const sure = meant !== undefined && meant.toLowerCase() !== name.toLowerCase();
    return [
      {
        code: sure ? 'unknown-argument' : 'doubtful-argument',
        ...at(state, part + step(key)),
        problem: `${call} takes no '${name}'`,
        remedy: meant === undefined ? 'check it against the API reference, or remove it' : `write ${meant}`,
      },
    ];
  });
}
