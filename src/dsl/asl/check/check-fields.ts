import type { JsonObject } from '../machine.ts';
import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { isObject, kindOf } from './json-value.ts';
import { nearest } from './nearest.ts';
import type { Shape } from './shape.ts';
import { shapedObjects, type ShapedObject } from './shaped-objects.ts';
import { misfit } from './value-rule.ts';

/** Fields that are unknown, of the other language, missing, in conflict, or have a value of the wrong kind. */
export const checkFields: Check = (machine) => shapedObjects(machine).flatMap(faultsOf);

function faultsOf(one: ShapedObject): readonly Fault[] {
  const { value, shape } = one;
  if (!isObject(value)) {
    const problem = `must be ${one.what}, got ${kindOf(value)}`;
    return [{ code: 'not-an-object', ...at(one), problem, remedy: 'write it as an object' }];
  }
  return [
    ...Object.entries(value).flatMap((entry) => faultsOfField(entry, one)),
    ...missing(value, one),
    ...conflicts(value, shape, one),
  ];
}

function faultsOfField([field, value]: readonly [string, unknown], one: ShapedObject): readonly Fault[] {
  const { shape, language, what } = one;
  const here = at(one, `/${field}`);
  const rule = Object.hasOwn(shape.fields, field) ? shape.fields[field] : undefined;
  if (rule === undefined) {
    const near = nearest(field, Object.keys(shape.fields));
    const remedy = near === undefined ? 'remove it' : `write ${near}`;
    const problem = `${what} has no field '${field}'`;
    return [
      { code: 'unknown-field', ...here, problem, remedy, awsMessage: `Field '${field}' is not supported` },
    ];
  }
  if (rule.only !== undefined && rule.only !== language) {
    const problem = `'${field}' is for ${rule.only}, and the state's QueryLanguage is ${language}`;
    const remedy = `${counterpart(field)}, or set QueryLanguage to ${rule.only}`;
    const awsMessage = `The QueryLanguage is set to '${language}', but field '${field}' is only supported for the '${rule.only}' QueryLanguage`;
    return [{ code: 'other-language-field', ...here, problem, remedy, awsMessage }];
  }
  const bad = misfit(value, rule.takes, language);
  if (bad === undefined) return [];
  return [{ ...bad, ...here, problem: `${field} ${bad.problem}` }];
}

const COUNTERPARTS: Readonly<Record<string, string>> = {
  Parameters: 'use Arguments',
  ResultSelector: 'use Output',
  ResultPath: 'use Output',
  OutputPath: 'use Output',
  Result: 'use Output',
  InputPath: 'read the part you need in Arguments or Output',
  ItemsPath: 'use Items',
  Arguments: 'use Parameters',
  Output: 'use ResultSelector, ResultPath and OutputPath',
  Items: 'use ItemsPath',
};

const counterpart = (field: string): string =>
  COUNTERPARTS[field] ??
  (field.endsWith('Path') ? `give an expression to ${field.slice(0, -'Path'.length)}` : 'remove it');

function missing(value: JsonObject, one: ShapedObject): readonly Fault[] {
  const absent = (one.shape.required ?? []).filter((field) => value[field] === undefined);
  if (absent.length === 0) return [];
  const problem = `${one.what} must have ${absent.join(' and ')}`;
  const remedy = `add ${absent.join(' and ')}`;
  const awsMessage = `These fields are required: [${absent.join(', ')}]`;
  return [{ code: 'missing-field', ...at(one), problem, remedy, awsMessage }];
}

function conflicts(value: JsonObject, shape: Shape, one: ShapedObject): readonly Fault[] {
  const given = (group: readonly string[]) =>
    group.filter((field) => value[field] !== undefined && !(field === 'End' && value.End === false));
  // The fields of the other language are told apart.
  const usable = (group: readonly string[]) =>
    group.filter((field) => (shape.fields[field]?.only ?? one.language) === one.language);
  const atMost = [...(shape.atMostOne ?? []), ...(shape.exactlyOne ?? [])];
  const atLeast = [...(shape.atLeastOne ?? []), ...(shape.exactlyOne ?? [])];
  return [
    ...atMost
      .filter((group) => given(group).length > 1)
      .map((group): Fault => {
        const fields = given(group).join(' and ');
        const problem = `${one.what} has ${fields}, of which only one may be given`;
        const awsMessage = `There should only be one of the following fields: [${usable(group).join(', ')}]`;
        return { code: 'conflicting-fields', ...at(one), problem, remedy: 'keep one of them', awsMessage };
      }),
    ...atLeast
      .filter((group) => given(group).length === 0)
      .map((group): Fault => {
        const fields = usable(group).join(' or ');
        return {
          code: 'missing-field',
          ...at(one),
          problem: `${one.what} must have ${fields}`,
          remedy: `add ${fields}`,
        };
      }),
  ];
}
