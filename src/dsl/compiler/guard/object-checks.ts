import type { JsonObject } from '../../asl/machine.ts';
import type { Checking, Family } from './checking.ts';
import { loop } from './loop.ts';
import { deeper, fault, joined, type Place, property, together } from './place.ts';

const STEP = '$step';

export const objectFamily: Family = {
  keywords: ['properties', 'required', 'additionalProperties', 'propertyNames', 'patternProperties'],
  checks(schema, place, checking) {
    const properties = (schema.properties ?? {}) as Readonly<Record<string, JsonObject>>;
    const required = new Set((schema.required ?? []) as readonly string[]);
    const undeclared = [...required].filter((name) => !Object.hasOwn(properties, name));
    if (schema.patternProperties !== undefined) checking.leave(place, 'keys by their patterns');
    return [
      ...Object.entries(properties).flatMap(([name, inner]) => {
        const field = property(deeper(place, 1), name);
        return required.has(name)
          ? requiredField(inner, field, checking)
          : optionalField(inner, field, checking);
      }),
      ...undeclared.map((name) => requiredField({}, property(place, name), checking)[0] ?? ''),
      ...unknownKeys(schema, place, checking),
      ...everyKey(schema, place, checking),
    ];
  },
};

function requiredField(schema: JsonObject, place: Place, checking: Checking): readonly string[] {
  const checks = checking.faults(schema, deeper(place, 1));
  const missing = fault(place, `$not($exists(${place.value}))`, 'is missing');
  return [checks.length === 0 ? missing : `${missing} : ${together(checks)}`];
}

function optionalField(schema: JsonObject, place: Place, checking: Checking): readonly string[] {
  const checks = checking.faults(schema, deeper(place, 1));
  return checks.length === 0 ? [] : [`$exists(${place.value}) ? [${checks.join(', ')}]`];
}

function unknownKeys(schema: JsonObject, place: Place, checking: Checking): readonly string[] {
  if (schema.additionalProperties !== false || schema.patternProperties !== undefined) return [];
  checking.use('step');
  const path = `${place.path} & ${STEP}($)`;
  return [`${otherKeys(schema, place)}.(${path} & " is not known")`];
}

/** The keys that the schema does not name. */
function otherKeys({ properties }: JsonObject, place: Place): string {
  const known = Object.keys((properties ?? {}) as JsonObject);
  return `$keys(${place.value})${known.length === 0 ? '' : `[$not($ in ${JSON.stringify(known)})]`}`;
}

/** What is asked of every key's name, and of the values of keys that the schema does not name. */
function everyKey(schema: JsonObject, place: Place, checking: Checking): readonly string[] {
  const { propertyNames: names, additionalProperties: values } = schema;
  const { inner, around } = loop(place);
  const key = `$k${inner.loops}`;
  // Placed before the function that names a key is known to be needed at all.
  const path = `${place.path} & ${STEP}(${key})`;
  const over = (list: string, checks: readonly string[]) => {
    if (checks.length === 0) return [];
    checking.use('step');
    return [around(list, [key], `[${checks.join(', ')}]`)];
  };
  const name: Place = {
    ...inner,
    value: key,
    path: joined(path, ' (the key)'),
    label: `${place.label} (keys)`,
    type: 'string',
  };
  const member: Place = {
    ...inner,
    value: `$lookup(${place.value}, ${key})`,
    path,
    label: `${place.label}.*`,
  };
  return [
    ...(isSchema(names) ? over(`[$keys(${place.value})]`, checking.faults(names, name)) : []),
    ...(isSchema(values) && schema.patternProperties === undefined
      ? over(`[${otherKeys(schema, place)}]`, checking.faults(values, member))
      : []),
  ];
}

const isSchema = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null;
