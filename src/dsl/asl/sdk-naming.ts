/**
 * Names as Step Functions' AWS SDK integrations spell them, and as the AWS SDK for JavaScript does.
 *
 * The integrations speak the names of the AWS SDK for Java 2, capitalised. A member's name is that of its
 * setter there: only an acronym at the beginning becomes a word (`SSESpecification` is `SseSpecification`, but
 * `ChecksumCRC32` stays), error names are those of the exception classes, and times are ISO 8601 text. Which
 * parts of a value are names, and which are data (the keys of a map, an item's attributes), only the service's
 * own model says. Sources: Step Functions developer guide, "Learning to use AWS service SDK integrations" (its
 * `EqualsValue` is that SDK's way round `Object.equals`); `DefaultNamingStrategy`, `Utils.unCapitalize` and
 * `CodegenNamingUtils` of aws-sdk-java-v2; executions recorded on AWS.
 */

import { type Member, PLAIN, type Schema, type Structure } from './sdk-schema.ts';

/** Names that Java keeps for itself; a member of such a name gets `Value` behind it. */
const RESERVED = new Set(
  `abstract assert boolean break byte case catch char class const continue default do double else enum extends
  false final finally float for goto if implements import instanceof int interface long native new null package
  private protected public return short static strictfp super switch synchronized this throw throws transient
  true try void volatile while equals finalize getClass hashCode notify notifyAll toString wait builder
  sdkFields toBuilder overrideConfiguration sdkHttpResponse`.split(/\s+/),
);

const spelled = new Map<string, string>();

/** A member's name in Step Functions: `KMSMasterKeyId` is `KmsMasterKeyId`, `stateMachineArn` is `StateMachineArn`. */
export function stepFunctionsMember(memberName: string): string {
  let name = spelled.get(memberName);
  if (name === undefined) {
    name = spelledMember(memberName);
    spelled.set(memberName, name);
  }
  return name;
}

function spelledMember(memberName: string): string {
  // A leading run of capitals, up to the one that begins the next word.
  const unCapitalised = memberName.replace(/^.[A-Z]*(?![a-z])/, (acronym) => acronym.toLowerCase());
  const setter = unCapitalised.charAt(0).toLowerCase() + unCapitalised.slice(1);
  const reserved = RESERVED.has(setter) || RESERVED.has(setter.toLowerCase());
  return `${setter.charAt(0).toUpperCase()}${setter.slice(1)}${reserved ? 'Value' : ''}`;
}

const bySpelling = new WeakMap<Structure, ReadonlyMap<string, Member>>();

/** A structure's members by their names in Step Functions. */
export function bySpelledName(schema: Structure): ReadonlyMap<string, Member> {
  let members = bySpelling.get(schema);
  if (members === undefined) {
    members = new Map([...schema.bySdkName.values()].map((one) => [stepFunctionsMember(one.sdkName), one]));
    bySpelling.set(schema, members);
  }
  return members;
}

/** The name of an error or a service, before suffix and prefix: every word capitalised, as Java's classes are. */
export function stepFunctionsName(name: string): string {
  return name
    .replaceAll(/[^A-Za-z0-9]+/g, ' ')
    .replaceAll(/([^a-z]{2,})v([0-9]+)/g, '$1 v$2 ')
    .replaceAll(/([^A-Z]{2,})V([0-9]+)/g, '$1 V$2 ')
    .replaceAll(/(?<=[a-z])(?=[A-Z][a-zA-Z0-9])/g, ' ')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replaceAll(/([0-9])([a-zA-Z])/g, '$1 $2')
    .split(' ')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase())
    .join('');
}

/**
 * What the errors of a service begin with, by its id in the SDK: `DynamoDB` is `DynamoDb`, `SFN` is `Sfn`. In
 * lower case it is the service's name in a resource ARN.
 */
export const stepFunctionsServiceName = (serviceId: string): string =>
  stepFunctionsName(serviceId)
    .replace(/^(Amazon|Aws)/, '')
    .replace(/Service$/, '');

/**
 * The name a Retry or Catch matches: `stepFunctionsErrorName('DynamoDb', 'ResourceNotFoundException')` is
 * `DynamoDb.ResourceNotFoundException`. An error whose own name lacks the suffix gets it, in the place of
 * `Fault` if it has that: `DBInstanceNotFoundFault` of RDS is `Rds.DbInstanceNotFoundException`.
 */
export function stepFunctionsErrorName(servicePrefix: string, errorName: string): string {
  return `${servicePrefix}.${stepFunctionsName(errorName.replace(/(Fault|Exception)$/, ''))}Exception`;
}

/** Types of attribute values that Step Functions has been seen to spell otherwise in what it answers. */
const RESPELLED_TYPES: Readonly<Record<string, string>> = {
  BOOL: 'Bool',
  NULL: 'Nul',
  SS: 'Ss',
  NS: 'Ns',
  BS: 'Bs',
};

/** Where a path into a request or response leads. */
export interface SpelledPath {
  readonly path: readonly string[];
  /**
   * Another spelling that the same value may have: the types of attribute values come as `BOOL` and as `Bool`
   * (github.com/aws/aws-sdk-js/issues/4294, github.com/boto/boto3/issues/4253).
   */
  readonly orElse: readonly string[] | undefined;
  /** What is there. */
  readonly schema: Schema;
}

/**
 * A path in Step Functions' names: `['Table', 'SSEDescription', 'SSEType']` is `['Table', 'SseDescription',
 * 'SseType']`; map keys and attribute names stay as they are.
 */
export function spelledPath(from: Schema, path: readonly string[]): SpelledPath {
  let schema = from;
  let orElse: readonly string[] | undefined;
  const spelled: string[] = [];
  for (const step of path) {
    const member = schema.kind === 'structure' ? schema.bySdkName.get(step) : undefined;
    if (schema.kind === 'attributeValue' && step in RESPELLED_TYPES)
      orElse = [...spelled, RESPELLED_TYPES[step] as string];
    else orElse = orElse && [...orElse, step];
    spelled.push(member === undefined ? step : stepFunctionsMember(step));
    schema = member?.schema ?? within(schema, step);
  }
  return { path: spelled, orElse, schema };
}

function within(schema: Schema, step: string): Schema {
  if (schema.kind === 'collection') return schema.of();
  if (schema.kind !== 'attributeValue') return PLAIN;
  if (step !== 'M' && step !== 'L') return PLAIN;
  return { kind: 'collection', form: step === 'M' ? 'map' : 'list', of: () => schema };
}

/** Members, however deep, whose names the two sides spell apart: `['SSEType is SseType', …]`. */
export function respelledMembers(schema: Schema, seen: ReadonlySet<Schema> = new Set()): readonly string[] {
  if (seen.has(schema)) return [];
  const known = new Set(seen).add(schema);
  if (schema.kind === 'collection') return respelledMembers(schema.of(), known);
  if (schema.kind !== 'structure') return [];
  const own = [...schema.bySdkName.keys()].filter((name) => stepFunctionsMember(name) !== name);
  const deeper = [...schema.bySdkName.values()].flatMap((member) => respelledMembers(member.schema, known));
  return [...new Set([...own.map((name) => `${name} is ${stepFunctionsMember(name)}`), ...deeper])];
}

/** The complaint about a member that an author's request has and the operation has not. */
export function noMember(schema: Structure, key: string): string {
  const meant = bySpelledName(schema).get(key);
  const remedy =
    meant === undefined
      ? `use one of ${[...schema.bySdkName.keys()].join(', ')}`
      : `write '${meant.sdkName}'`;
  return `the operation has no member '${key}'; ${remedy}`;
}
