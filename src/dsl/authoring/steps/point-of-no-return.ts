import { DefinitionError } from '../../ast/definition-error.ts';
import type { StepNode } from '../../ast/step-node.ts';
import type { Standing } from '../standing.ts';

export interface NoReturnOptions {
  /**
   * What becomes of a failure behind the point: it stays where it happened, so that a redrive goes on from
   * there, or it ends the execution with its error in plain words (a Fail state cannot be redriven).
   */
  readonly failures: 'stayForRedrive' | 'endInWords';
}

export function pointOfNoReturnNode(
  { place, steps, end }: Pick<Standing, 'place' | 'steps' | 'end'>,
  options: NoReturnOptions | undefined,
): StepNode {
  if (end.in !== 'workflow')
    throw new DefinitionError(
      `${place}: a point of no return stands in the workflow's own sequence, got one in a ${end.in}; ` +
        `move it out, before or behind the step`,
    );
  if (steps.some(({ kind }) => kind === 'pointOfNoReturn'))
    throw new DefinitionError(`${place}: there is a point of no return already; leave one of them out`);
  const failures = options?.failures;
  if (failures !== 'stayForRedrive' && failures !== 'endInWords')
    throw new DefinitionError(
      `${place} › pointOfNoReturn: say what becomes of a failure behind it; ` +
        `give { failures: 'stayForRedrive' } or { failures: 'endInWords' }`,
    );
  return { kind: 'pointOfNoReturn', failures };
}
