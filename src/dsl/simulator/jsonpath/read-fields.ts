import type { Json, JsonObject } from '../../asl/machine.ts';
import { random, uuid, type Process } from '../request.ts';
import { executing, StateFailure } from '../state-failure.ts';
import { contextObject, type Visit } from '../visit.ts';
import { TemplateFault, type Template } from './compile-template.ts';
import type { Draws } from './intrinsics/intrinsic-functions.ts';
import { compilePath, type PathSources } from './path/compile-path.ts';

/** What paths read in a visit; `$` is `input`. @param map the context object's `Map`, if not the visit's own. */
export function sourcesOf(visit: Visit, input: Json, map?: JsonObject): PathSources {
  let context: JsonObject | undefined;
  return {
    input,
    context: () => (context ??= contextObject(visit, map ?? visit.map)),
    variable: (name) => visit.scope.read(name),
  };
}

/** Ends the execution: a path that leads nowhere is a fault of the definition, which nothing catches. */
export function runtimeFailure({ name, enteredEventId }: Visit, what: string): StateFailure {
  return new StateFailure('States.Runtime', `${executing(name, enteredEventId)} ${what}`);
}

/** What InputPath or OutputPath takes of a value. @throws StateFailure */
export function takePath(visit: Visit, text: string | null | undefined, value: Json): Json {
  if (text === undefined || text === '$') return value;
  if (text === null) return {};
  const path = compilePath(text);
  const sources = sourcesOf(visit, value);
  const taken = path.read(sources);
  if (taken !== undefined) return taken;
  throw runtimeFailure(visit, `Invalid path '${text}' : ${path.why(sources)}`);
}

/** What the state works on. @throws StateFailure */
export const effectiveInput = (visit: Visit): Json => takePath(visit, visit.state.InputPath, visit.input);

const nothingDrawn: Draws = { random: () => 0, uuid: () => '' };

/** Fills a template, having drawn what its functions will ask for. @throws StateFailure */
export function* fill(visit: Visit, { draws, fill }: Template, sources: PathSources): Process<Json> {
  let drawn = nothingDrawn;
  if (draws.length > 0) {
    const numbers: number[] = [];
    const uuids: string[] = [];
    for (const kind of draws)
      if (kind === 'random') numbers.push(yield* random());
      else uuids.push(yield* uuid());
    drawn = { random: () => numbers.shift() ?? 0, uuid: () => uuids.shift() ?? '' };
  }
  try {
    return fill(sources, drawn);
  } catch (fault) {
    if (!(fault instanceof TemplateFault)) throw fault;
    throw new StateFailure(fault.error, `${executing(visit.name, visit.enteredEventId)} ${fault.message}`);
  }
}
