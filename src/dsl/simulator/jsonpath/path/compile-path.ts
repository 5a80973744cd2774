import type { Json, JsonObject } from '../../../asl/machine.ts';
import { followSteps } from './follow-steps.ts';
import { parseSteps } from './parse-steps.ts';
import type { PathStep } from './path-step.ts';
import { TextReader } from './text-reader.ts';
import { whyNothing } from './why-nothing.ts';

/** What paths read from: `$`, `$$` and `$name`. */
export interface PathSources {
  readonly input: Json;
  readonly context: () => JsonObject;
  /** Undefined when there is no such variable. */
  readonly variable: (name: string) => Json | undefined;
}

/** A path, ready to be followed. */
export interface Path {
  readonly text: string;
  /** Why no path can be read from this input at all; undefined when they can. */
  readonly refuses: (sources: PathSources) => string | undefined;
  /** The value, undefined when the path leads nowhere; a path that may lead to several values gives a list. */
  readonly find: (sources: PathSources) => Json | undefined;
  /**
   * The value as templates, InputPath and OutputPath read it: an index past the end of an array leads to null there (seen
   * on AWS; so does Java's JSONPath with the JSON library that Step Functions reads with).
   */
  readonly read: (sources: PathSources) => Json | undefined;
  /** In the words of Java's JSONPath, why `find` finds nothing. */
  readonly why: (sources: PathSources) => string;
}

const compiled = new Map<string, Path>();

/** A path by its text, parsed once. @throws PathSyntaxError */
export function compilePath(text: string): Path {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const path = compile(text);
  compiled.set(text, path);
  return path;
}

function compile(text: string): Path {
  const reader = new TextReader(text);
  const root = rootOf(reader);
  const ofInput = root === inputRoot;
  const steps = parseSteps(reader);
  if (!reader.done) throw reader.unexpected('the end of the path');
  const walk = walkOf(steps);
  const walkPastEnd = pastEndOf(steps);
  const find = (sources: PathSources) => {
    const start = root(sources);
    return start === undefined ? undefined : walk(start);
  };
  return {
    text,
    refuses: ({ input }) =>
      ofInput && input === null ? 'Unable to apply Path transformation to null or empty input.' : undefined,
    find,
    read: (sources) => {
      const value = find(sources);
      if (value !== undefined || walkPastEnd === undefined) return value;
      const start = root(sources);
      return start === undefined ? undefined : walkPastEnd(start);
    },
    why: (sources) => whyNothing(steps, root(sources)),
  };
}

type Root = (sources: PathSources) => Json | undefined;

const inputRoot: Root = ({ input }) => input;

function rootOf(reader: TextReader): Root {
  reader.expect('$');
  if (reader.take('$')) return ({ context }) => context();
  const name = reader.match(/[\p{L}_][\p{L}\p{N}_]*/uy);
  return name === undefined ? inputRoot : ({ variable }) => variable(name);
}

function walkOf(steps: readonly PathStep[]): (start: Json) => Json | undefined {
  if (steps.length === 0) return (start) => start;
  const plain = steps.map((step) =>
    step.kind === 'name' ? step.name : step.kind === 'index' ? step.index : undefined,
  );
  if (plain.every((step) => step !== undefined)) return (start) => walkPlain(plain, start);
  const last = steps.at(-1) as PathStep;
  if (last.kind === 'function') {
    const before = walkOf(steps.slice(0, -1));
    return (start) => {
      const value = before(start);
      return value === undefined
        ? undefined
        : last.run(
            value,
            last.args.flatMap((argument) => argument(start)),
          );
    };
  }
  // Several names at the end make one object, so that such a path leads to one value.
  const single = steps.slice(0, -1).every(isPlain) && last.kind === 'names';
  return (start) => {
    const found = followSteps(steps, start, start);
    return single ? found[0] : found;
  };
}

/** Null for a path whose last step is an index into an array; undefined when that is not where it leads. */
function pastEndOf(steps: readonly PathStep[]): ((start: Json) => null | undefined) | undefined {
  if (steps.at(-1)?.kind !== 'index' || !steps.every(isPlain)) return undefined;
  const walkToArray = walkOf(steps.slice(0, -1));
  return (start) => (Array.isArray(walkToArray(start)) ? null : undefined);
}

const isPlain = ({ kind }: PathStep) => kind === 'name' || kind === 'index';

function walkPlain(steps: readonly (string | number)[], start: Json): Json | undefined {
  let value: Json | undefined = start;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (typeof step === 'number') {
      if (!Array.isArray(value)) return undefined;
      value = (value as readonly Json[])[step < 0 ? value.length + step : step];
    } else {
      if (Array.isArray(value) || !Object.hasOwn(value, step)) return undefined;
      value = (value as JsonObject)[step];
    }
    if (value === undefined) return undefined;
  }
  return value;
}
