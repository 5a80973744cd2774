import { nearest } from '../../asl/check/nearest.ts';
import type { Json } from '../../asl/machine.ts';
import { missingClient } from '../../asl/sdk-model.ts';
import { SimulationError } from '../simulation-error.ts';
import { resultFaults, type ResultFault, type Strictness } from './result-faults.ts';
import type { KnownShape } from './result-shape.ts';

/**
 * How strictly a mocked result is held against the output of the API that it stands for. `STRICT`: what the API always
 * gives must be there, and all that is there must be known to its model and fit it. `PRESENT`: what is there and known
 * must fit. `NONE`: anything goes.
 */
export type FieldValidationMode = 'STRICT' | 'PRESENT' | 'NONE';

const strictness: { readonly [mode in 'STRICT' | 'PRESENT']: Strictness } = {
  STRICT: { required: true, known: true, numericTimes: true },
  PRESENT: { required: false, known: false, numericTimes: true },
};

/**
 * How a mocked result differs from what the call gives, each with its remedy; empty when it fits, and when nothing
 * tells what the call gives.
 * @throws SimulationError for a mode that there is not.
 * @param mode Undefined for STRICT wherever the model of the service is installed; a mode that was asked for demands it.
 */
export function misfits(
  result: Json,
  shape: KnownShape,
  mode: FieldValidationMode | undefined,
): readonly string[] {
  if (mode !== undefined && mode !== 'NONE' && !Object.hasOwn(strictness, mode))
    throw new SimulationError(`fieldValidationMode must be STRICT, PRESENT or NONE, got '${mode}'`);
  if (mode === 'NONE' || shape === 'unknown') return [];
  if ('missing' in shape)
    return mode === undefined ? [] : [`it cannot be checked as ${mode}: ${missingClient(shape.missing)}`];
  return resultFaults(result, shape, strictness[mode ?? 'STRICT']).map(inWords);
}

function inWords({ place, problem, got }: ResultFault): string {
  const what = place === '' ? 'it' : place;
  const seen = `got ${shown(got)}`;
  switch (problem.kind) {
    case 'missing':
      return `${what} is missing; add it`;
    case 'unknown': {
      const meant = nearest(what.slice(what.lastIndexOf('.') + 1), problem.known);
      const remedy = meant === undefined ? `use one of ${problem.known.join(', ')}` : `write ${meant}`;
      return `there is no ${what}; ${remedy}`;
    }
    case 'type':
      return `${what} must be ${problem.expected}, ${seen}`;
    case 'value':
      return `${what} must be one of ${problem.allowed.join(', ')}, ${seen}`;
    case 'minimum':
      return `${what} must be at least ${problem.limit}, ${seen}`;
    case 'maximum':
      return `${what} must be at most ${problem.limit}, ${seen}`;
    case 'minimum length':
      return `${what} must have at least ${problem.limit} characters, ${seen}`;
    case 'maximum length':
      return `${what} must have at most ${problem.limit} characters, ${seen}`;
  }
}

function shown(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
