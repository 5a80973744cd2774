import type { Json, JsonObject } from '../../asl/machine.ts';
import { compileIntrinsic, isIntrinsic } from './intrinsics/compile-intrinsic.ts';
import { IntrinsicFault, MissingArgument } from './intrinsics/intrinsic-fault.ts';
import type { Draws } from './intrinsics/intrinsic-functions.ts';
import { compilePath, type PathSources } from './path/compile-path.ts';
import { PathSyntaxError } from './path/text-reader.ts';
import { put } from '../../asl/put.ts';

/** A template's member or field that has no value. */
export class TemplateFault extends Error {
  /** The error that the state fails with. */
  readonly error: string;

  constructor(message: string, error = 'States.Runtime') {
    super(message);
    this.error = error;
  }
}

/** A payload template, ready to be filled. */
export interface Template {
  /** What its functions draw, in order. */
  readonly draws: readonly (keyof Draws)[];
  /** @throws TemplateFault */
  readonly fill: (sources: PathSources, draws: Draws) => Json;
}

const compiled = new WeakMap<object, Template>();

/** A payload template; those that are objects are compiled once. @throws PathSyntaxError */
export function compileTemplate(template: Json): Template {
  if (typeof template !== 'object' || template === null) return literal(template);
  const known = compiled.get(template);
  if (known !== undefined) return known;
  const made = Array.isArray(template) ? ofList(template) : ofObject(template as JsonObject);
  compiled.set(template, made);
  return made;
}

interface Literal extends Template {
  readonly literal: true;
}

const literal = (value: Json): Literal => ({ literal: true, draws: [], fill: () => value });

const isLiteral = (template: Template): template is Literal => 'literal' in template;

function ofList(template: readonly Json[]): Template {
  const items = template.map(compileTemplate);
  if (items.every(isLiteral)) return literal(template);
  return {
    draws: items.flatMap(({ draws }) => draws),
    fill: (sources, draws) => items.map((item) => item.fill(sources, draws)),
  };
}

function ofObject(template: JsonObject): Template {
  const members = Object.entries(template).map(([key, value]) =>
    key.endsWith('.$')
      ? ([key.slice(0, -2), compileMember(value, key)] as const)
      : ([key, compileTemplate(value)] as const),
  );
  if (members.every(([, member]) => isLiteral(member))) return literal(template);
  return {
    draws: members.flatMap(([, { draws }]) => draws),
    fill: (sources, draws) => {
      const filled: { [key: string]: Json } = {};
      for (const [key, member] of members) put(filled, key, member.fill(sources, draws));
      return filled;
    },
  };
}

/** In AWS's words for a member that is neither. @throws PathSyntaxError */
function compileMember(value: Json, key: string): Template {
  try {
    if (typeof value === 'string') return compileExpression(value, key);
  } catch (fault) {
    if (!(fault instanceof PathSyntaxError)) throw fault;
    throw new PathSyntaxError(`${wrongMember(key)} (${fault.message})`);
  }
  throw new PathSyntaxError(wrongMember(key));
}

const wrongMember = (key: string) =>
  `The value for the field '${key}' must be a valid JSONPath or a valid intrinsic function call`;

/** The value of a member `….$`, or of a field such as ErrorPath: a path or a function. @throws PathSyntaxError */
export function compileExpression(text: string, field: string): Template {
  if (isIntrinsic(text)) {
    const { call, draws } = compileIntrinsic(text);
    return { draws, fill: (sources, drawn) => explained(text, () => call(sources, drawn)) };
  }
  const path = compilePath(text);
  return {
    draws: [],
    fill: (sources) => {
      const refusal = path.refuses(sources);
      if (refusal !== undefined) throw new TemplateFault(refusal);
      const value = path.read(sources);
      if (value !== undefined) return value;
      throw new TemplateFault(
        `The JSONPath '${text}' specified for the field '${field}' could not be found in the input '${JSON.stringify(sources.input)}'`,
      );
    },
  };
}

/** Source of the error's name: developer guide, "Handling errors in Step Functions workflows", "Error names". */
function explained(text: string, call: () => Json): Json {
  try {
    return call();
  } catch (fault) {
    if (!(fault instanceof IntrinsicFault)) throw fault;
    const what = `The function '${text}' had the following error: ${fault.message}`;
    // A path that leads nowhere is a fault of the definition, wherever it stands.
    throw new TemplateFault(what, fault instanceof MissingArgument ? undefined : 'States.IntrinsicFailure');
  }
}
