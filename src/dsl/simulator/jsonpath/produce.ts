import type { Json, PayloadTemplate } from '../../asl/machine.ts';
import type { Outcome, Production } from '../outcome.ts';
import type { Process } from '../request.ts';
import { executing, StateFailure } from '../state-failure.ts';
import type { Visit } from '../visit.ts';
import { compileTemplate } from './compile-template.ts';
import { effectiveInput, fill, sourcesOf, takePath } from './read-fields.ts';
import { compileReferencePath } from './reference-path.ts';

/** The fields of a state, a Catcher or a Choice rule that shape what comes out. */
interface Shaping {
  readonly ResultSelector?: PayloadTemplate;
  readonly ResultPath?: string | null;
  readonly Assign?: { readonly [variable: string]: PayloadTemplate };
}

/**
 * ResultSelector, then ResultPath into the raw input and OutputPath; beside them Assign, whose `$` is the result
 * (after ResultSelector), the error for a Catcher, and the input for states without a result.
 * Source: developer guide, "Passing data between states with variables".
 */
export function* produce(visit: Visit, outcome: Outcome): Process<Production> {
  const { next, errorOutput, result } = outcome;
  const shaping = outcome.producer as Shaping;
  let basis: Json;
  let output: Json;
  if (errorOutput !== undefined) {
    basis = errorOutput;
    output = placed(visit, shaping.ResultPath, basis);
  } else if (result === undefined) {
    basis = effectiveInput(visit);
    output = takePath(visit, visit.state.OutputPath, basis);
  } else {
    const { ResultSelector: selector } = shaping;
    basis =
      selector === undefined
        ? result
        : yield* fill(visit, compileTemplate(selector), sourcesOf(visit, result));
    output = takePath(visit, visit.state.OutputPath, placed(visit, shaping.ResultPath, basis));
  }
  const { Assign: assign } = shaping;
  const assigned =
    assign === undefined
      ? undefined
      : ((yield* fill(visit, compileTemplate(assign), sourcesOf(visit, basis))) as {
          readonly [variable: string]: Json;
        });
  return { next, output, assigned };
}

/** @throws StateFailure States.ResultPathMatchFailure when the input has no place for it. */
function placed(visit: Visit, path: string | null | undefined, value: Json): Json {
  if (path === undefined || path === '$') return value;
  if (path === null) return visit.input;
  const output = compileReferencePath(path)(visit.input, value);
  if (output !== undefined) return output;
  throw new StateFailure(
    'States.ResultPathMatchFailure',
    `${executing(visit.name, visit.enteredEventId)} Unable to apply ReferencePath ${path} to input ${JSON.stringify(visit.input)}`,
  );
}
