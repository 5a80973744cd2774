import type { Expression, Template } from './expression.ts';
import { operation } from './operation.ts';

/**
 * A random (version 4) UUID, another one at each evaluation. Step Functions' own function. For a name that a
 * retry must repeat use `context.Execution.Name`.
 *
 * @example
 * uuid(); // {% $uuid() %} → "2b7cf3c2-4632-4b92-909d-2fb64afebede"
 */
export const uuid = (): Expression<string> => operation('uuid');

/**
 * A number from 0 to below 1: another one at each evaluation, or with a seed always that seed's. Step
 * Functions' own function.
 *
 * @example
 * random(7); // {% $random(7) %} → 0.7306990420600421
 */
export const random = (seed?: Template<number>): Expression<number> =>
  seed === undefined ? operation('random') : operation('random', seed);
