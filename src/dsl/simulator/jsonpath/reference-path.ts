import type { Json, JsonObject } from '../../asl/machine.ts';
import { parseSteps } from './path/parse-steps.ts';
import { TextReader } from './path/text-reader.ts';

/** Where a ResultPath puts a value; undefined when the input has something else than an object on the way. */
export type Placement = (input: Json, value: Json) => Json | undefined;

const placements = new Map<string, Placement>();

/** A reference path by its text: names and indexes only, so that it leads to one place. @throws PathSyntaxError */
export function compileReferencePath(text: string): Placement {
  const known = placements.get(text);
  if (known !== undefined) return known;
  const reader = new TextReader(text);
  reader.expect('$');
  const steps = parseSteps(reader).map((step) => {
    if (step.kind === 'name') return step.name;
    if (step.kind === 'index') return step.index;
    throw reader.unexpected('only names and indexes before it');
  });
  if (!reader.done) throw reader.unexpected('the end of the path');
  const placement: Placement =
    steps.length === 0 ? (_input, value) => value : (input, value) => place(input, value, steps);
  placements.set(text, placement);
  return placement;
}

function place(input: Json | undefined, value: Json, steps: readonly (string | number)[]): Json | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (typeof step === 'number') {
    if (!Array.isArray(input) || step >= input.length) return undefined;
    const inner = place((input as readonly Json[])[step], value, rest);
    return inner === undefined ? undefined : (input as readonly Json[]).with(step, inner);
  }
  if (input !== undefined && (typeof input !== 'object' || input === null || Array.isArray(input)))
    return undefined;
  const members = (input ?? {}) as JsonObject;
  const inner = place(Object.hasOwn(members, step) ? members[step] : undefined, value, rest);
  return inner === undefined ? undefined : { ...members, [step]: inner };
}
