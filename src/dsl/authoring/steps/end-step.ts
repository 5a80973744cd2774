import { DefinitionError } from '../../ast/definition-error.ts';
import type { TemplateNode } from '../../ast/expression-node.ts';
import type { StepNode } from '../../ast/step-node.ts';
import { ANYTHING } from '../../expression/target.ts';
import { operandOf, templateOf } from '../../expression/template.ts';
import { type Ground, calledWith } from '../checked.ts';
import { templateFor } from '../schema/template-for.ts';
import { shown } from '../shown.ts';
import type { AnyEnd } from '../standing.ts';

type Ending = Ground<unknown> & { readonly name: string; readonly end: AnyEnd };

/** The end of a flow in an error. */
export function failNode(
  { end, ...ground }: Ending,
  { error, cause }: { readonly error: string; readonly cause: unknown },
): StepNode {
  const { place, name } = ground;
  if (end.in === 'workflow')
    throw new DefinitionError(
      `${place}: a workflow cannot only fail, got a fail in its own sequence; ` +
        `put it into a way of choose(), or end the workflow by returns()`,
    );
  if (!end.errors.includes(error))
    throw new DefinitionError(
      `${place}: the workflow does not declare the error ${shown(error)}; add it to its 'errors'`,
    );
  return {
    kind: 'fail',
    name,
    error,
    cause: operandOf(calledWith(cause, ground, 'the cause'), `${place}: the cause`),
  };
}

/** The good end of the whole workflow. */
export function succeedNode({ end, ...ground }: Ending, output: unknown): StepNode {
  const { place, name } = ground;
  if (end.in !== 'way')
    throw new DefinitionError(
      end.in === 'branch'
        ? `${place}: only the workflow can succeed, got a succeed in a branch or a loop; ` +
            `end the branch by returns(), and decide behind the step`
        : `${place}: at its end a workflow says returns(), got a succeed; use it in a way of a choice or a try`,
    );
  return {
    kind: 'succeed',
    name,
    output: templateFor(calledWith(output, ground, 'the output'), end.output, place),
  };
}

/** What a flow returns, to the workflow's caller or to the step that it is in. */
export function returned({ place, scope, end }: Omit<Ending, 'name'>, result: unknown): TemplateNode {
  const at = `${place} › returns`;
  const given: unknown = calledWith(result, { place: at, scope }, 'the result');
  return end.in === 'workflow' ? templateFor(given, end.output, at) : templateOf(given, at, ANYTHING);
}
