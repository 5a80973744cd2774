import type { Json, JsonObject } from '../asl/machine.ts';
import { field } from './render/jsonata.ts';

/** Where a value under test is: the JSONata that reads it, and the JSONata text that names it to a person. */
interface Subject {
  readonly value: string;
  readonly path: string;
  readonly depth: number;
}

/** What a schema says that the machine cannot check; left to the first task's own zod. */
export interface Unchecked {
  readonly path: string;
  readonly keyword: string;
}

/**
 * A JSON Schema as a JSONata expression that gives an array of sentences, one for each fault of a value,
 * each beginning with the path of what is wrong. No fault, empty array.
 */
export function inputFaults(
  schema: JsonObject,
  value: string,
): { jsonata: string; unchecked: readonly Unchecked[] } {
  const unchecked: Unchecked[] = [];
  const checks = checksOf(schema, { value, path: '"input"', depth: 0 }, unchecked);
  return { jsonata: `[${checks.join(', ')}]`, unchecked };
}

const KNOWN = new Set([
  '$schema',
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'enum',
  'const',
  'default',
  'title',
  'description',
]);

/** The elements of the array of faults: each is a sentence, several, or nothing. */
function checksOf(schema: JsonObject, subject: Subject, unchecked: Unchecked[]): readonly string[] {
  for (const keyword of Object.keys(schema))
    if (!KNOWN.has(keyword)) unchecked.push({ path: subject.path.replaceAll('"', ''), keyword });
  const named = typeof schema.type === 'string' ? schema.type : '';
  const type = JSONATA_TYPE[named];
  const inner = [...valueChecks(schema, subject), ...(CHECKS[named]?.(schema, subject, unchecked) ?? [])];
  if (type === undefined) return inner;
  const wrong = sentence(subject, `must be ${article(named)}`);
  const right = inner.length > 0 ? ` : [${inner.join(', ')}]` : '';
  return [`$type(${subject.value}) != ${text(type)} ? ${wrong}${right}`];
}

const JSONATA_TYPE: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  object: 'object',
  array: 'array',
  null: 'null',
};

const article = (type: string): string =>
  /^[aeio]/.test(type) ? `an ${type}` : type === 'null' ? 'null' : `a ${type}`;

type Check = (schema: JsonObject, subject: Subject, unchecked: Unchecked[]) => readonly string[];

const CHECKS: Readonly<Record<string, Check>> = {
  string: (schema, subject) => [
    ...when(
      schema.minLength,
      (n) => [`$length(${subject.value}) < ${n}`, `must have at least ${n} characters`],
      subject,
    ),
    ...when(
      schema.maxLength,
      (n) => [`$length(${subject.value}) > ${n}`, `must have at most ${n} characters`],
      subject,
    ),
    ...(typeof schema.pattern === 'string'
      ? [
          fault(
            subject,
            `$not($contains(${subject.value}, ${regex(schema.pattern)}))`,
            `must ${typeof schema.description === 'string' ? `be ${schema.description}` : `match ${schema.pattern}`}`,
          ),
        ]
      : []),
  ],
  number: (schema, subject) => bounds(schema, subject),
  integer: (schema, subject) => [
    fault(subject, `$floor(${subject.value}) != ${subject.value}`, 'must be a whole number'),
    ...bounds(schema, subject),
  ],
  object: (schema, subject, unchecked) => {
    const properties = (schema.properties ?? {}) as Readonly<Record<string, JsonObject>>;
    const required = new Set((schema.required ?? []) as readonly string[]);
    const known = Object.keys(properties);
    const fields = Object.entries(properties).map(([name, property]) => {
      const inner: Subject = {
        value: `${subject.value}.${field(name)}`,
        path: joined(subject.path, `.${name}`),
        depth: subject.depth,
      };
      const checks = checksOf(property, inner, unchecked);
      const missing = required.has(name) ? sentence(inner, 'is missing') : '[]';
      return `$not($exists(${inner.value})) ? ${missing}${checks.length > 0 ? ` : [${checks.join(', ')}]` : ' : []'}`;
    });
    if (schema.additionalProperties !== false) return fields;
    const key = `$k${subject.depth}`;
    const unknown =
      `$map($filter($keys(${subject.value}), function(${key}) { $not(${key} in ${JSON.stringify(known)}) }), ` +
      `function(${key}) { ${subject.path} & "." & ${key} & " is not known" })`;
    return [...fields, unknown];
  },
  array: (schema, subject, unchecked) => {
    const own = [
      ...when(
        schema.minItems,
        (n) => [`$count(${subject.value}) < ${n}`, `must have at least ${n} elements`],
        subject,
      ),
      ...when(
        schema.maxItems,
        (n) => [`$count(${subject.value}) > ${n}`, `must have at most ${n} elements`],
        subject,
      ),
    ];
    if (typeof schema.items !== 'object' || schema.items === null) return own;
    const [element, index] = [`$v${subject.depth}`, `$i${subject.depth}`];
    const inner: Subject = {
      value: element,
      path: `${joined(subject.path, '[')} & ${index} & "]"`,
      depth: subject.depth + 1,
    };
    const checks = checksOf(schema.items as JsonObject, inner, unchecked);
    if (checks.length === 0) return own;
    return [
      ...own,
      `$reduce($map(${subject.value}, function(${element}, ${index}) { [${checks.join(', ')}] }), $append, [])`,
    ];
  },
};

function valueChecks(schema: JsonObject, subject: Subject): readonly string[] {
  if (Array.isArray(schema.enum)) {
    const options = schema.enum as readonly Json[];
    return [
      fault(
        subject,
        `$not(${subject.value} in ${JSON.stringify(options)})`,
        `must be one of ${options.map((option) => JSON.stringify(option)).join(', ')}`,
      ),
    ];
  }
  if (schema.const !== undefined)
    return [
      fault(
        subject,
        `${subject.value} != ${JSON.stringify(schema.const)}`,
        `must be ${JSON.stringify(schema.const)}`,
      ),
    ];
  return [];
}

const bounds = (schema: JsonObject, subject: Subject): readonly string[] => [
  ...when(schema.minimum, (n) => [`${subject.value} < ${n}`, `must be at least ${n}`], subject),
  ...when(schema.maximum, (n) => [`${subject.value} > ${n}`, `must be at most ${n}`], subject),
];

function when(
  bound: Json | undefined,
  test: (n: number) => [string, string],
  subject: Subject,
): readonly string[] {
  if (typeof bound !== 'number') return [];
  const [condition, words] = test(bound);
  return [fault(subject, condition, words)];
}

const fault = (subject: Subject, condition: string, words: string): string =>
  `${condition} ? ${sentence(subject, words)}`;

const sentence = (subject: Subject, words: string): string => joined(subject.path, ` ${words}`);

/** Text put to the end of a JSONata string expression, into its last literal if it ends in one. */
function joined(expression: string, added: string): string {
  return expression.endsWith('"')
    ? `${expression.slice(0, -1)}${text(added).slice(1)}`
    : `${expression} & ${text(added)}`;
}

const text = (value: string): string => JSON.stringify(value);

/**
 * A regular expression literal. A slash would end it, and JSONata's scanner counts brackets, also those that a
 * character class holds as mere characters; so both are escaped.
 */
function regex(pattern: string): string {
  let inClass = false;
  const parts = pattern.match(/\\[\s\S]|[\s\S]/g) ?? [];
  const escaped = parts.map((part) => {
    const literal = part === '/' || (inClass && /^[(){}[]$/.test(part));
    if (part === '[') inClass = true;
    if (part === ']') inClass = false;
    return literal ? `\\${part}` : part;
  });
  return `/${escaped.join('')}/`;
}
