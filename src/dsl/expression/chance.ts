import type { Expression, Template } from './expression.ts';
import { operation } from './operation.ts';

/** A random (version 4) UUID, another one at each evaluation. Step Functions' `$uuid`. */
export const uuid = (): Expression<string> => operation('uuid');

/**
 * A number from 0 to below 1: another one at each evaluation, or with a seed always that seed's. Step Functions'
 * `$random`.
 */
export const random = (seed?: Template<number>): Expression<number> =>
  seed === undefined ? operation('random') : operation('random', seed);
