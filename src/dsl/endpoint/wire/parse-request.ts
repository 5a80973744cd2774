import type * as z from 'zod';
import { ServiceError } from '../service-error.ts';

/**
 * A request in the form that its action takes.
 * @throws ServiceError ValidationException with all faults in the API's words, SerializationException for a value of
 * another type.
 */
export function parseRequest<S extends z.ZodType>(schema: S, request: unknown): z.output<S> {
  const given = withoutNulls(request);
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const mistyped = issues.find((issue) => isMistyped(issue, given));
  if (mistyped !== undefined)
    throw new ServiceError(
      'SerializationException',
      `${placeOf(mistyped.path) || 'the request'}: ${mistyped.message}`,
    );
  const faults = issues.map((issue) => faultOf(issue, given));
  const count = `${faults.length} validation error${faults.length === 1 ? '' : 's'} detected`;
  throw new ServiceError('ValidationException', `${count}: ${faults.join('; ')}`);
}

/** Levels of structures and lists that a request of the API may have, and more. */
const mostLevels = 10;

/** A member that is null is one that is not given. Source: "AWS JSON 1.0 protocol". */
function withoutNulls(value: unknown, levels = mostLevels): unknown {
  if (typeof value !== 'object' || value === null || levels === 0) return value;
  if (Array.isArray(value)) return value.map((one) => withoutNulls(one, levels - 1));
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member, levels - 1)]));
}

function isMistyped({ code, path }: Issue, request: unknown): boolean {
  const value = valueAt(request, path);
  if (code === 'invalid_value') return typeof value !== 'string' && value !== undefined;
  return code === 'invalid_type' && value !== undefined;
}

type Issue = z.core.$ZodIssue;

function faultOf(issue: Issue, request: unknown): string {
  if (issue.code === 'unrecognized_keys')
    return `the request has no member ${issue.keys.map((key) => `'${placeOf([...issue.path, key])}'`).join(', ')}`;
  const value = valueAt(request, issue.path);
  const shown =
    value === undefined ? 'null' : `'${typeof value === 'string' ? value : JSON.stringify(value)}'`;
  return `Value ${shown} at '${placeOf(issue.path)}' failed to satisfy constraint: ${constraintOf(issue)}`;
}

function constraintOf(issue: Issue): string {
  if (issue.code === 'invalid_type') return 'Member must not be null';
  if (issue.code === 'too_big')
    return `Member must have ${measured(issue.origin)} less than or equal to ${issue.maximum}`;
  if (issue.code === 'too_small')
    return `Member must have ${measured(issue.origin)} greater than or equal to ${issue.minimum}`;
  if (issue.code === 'invalid_value')
    return `Member must satisfy enum value set: [${issue.values.join(', ')}]`;
  if (issue.code === 'invalid_format') {
    const pattern = (issue.pattern ?? '').replaceAll(/^\/|\/u?$/g, '');
    return `Member must satisfy regular expression pattern: ${pattern}`;
  }
  return issue.message;
}

const measured = (origin: string): string => (origin === 'string' || origin === 'array' ? 'length' : 'value');

/** `tags.2.member.key`, as the API counts list members from 1. */
const placeOf = (path: readonly PropertyKey[]): string =>
  path.map((step) => (typeof step === 'number' ? `${step + 1}.member` : String(step))).join('.');

function valueAt(request: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    request,
  );
}
