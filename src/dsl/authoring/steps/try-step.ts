import { DefinitionError } from '../../ast/definition-error.ts';
import { failureVariable } from '../../ast/node.ts';
import type { FlowNode, StepNode } from '../../ast/step-node.ts';
import { inlineSteps } from '../../ast/walk-steps.ts';
import { type Ref, referenceTo } from '../../expression/expression.ts';
import { flowOf } from '../body.ts';
import { optionsOf } from '../checked.ts';
import type { Body } from '../flow-end.ts';
import type { Flow } from '../flow.ts';
import type { ErrorOutput } from '../scope.ts';
import { shown } from '../shown.ts';
import type { StepGround } from '../standing.ts';

/** What is tried, and what answers which failure of it. */
export interface TryParts<Scope, End, Done, Clauses, Otherwise> {
  readonly do: (body: Flow<Scope, End>) => Done;
  /** By the error's own name, also that of a failed child workflow. */
  readonly catch?: {
    readonly [Name in keyof Clauses]: (
      way: Flow<Scope, End>,
      error: Ref<ErrorOutput<Name & string>>,
    ) => Clauses[Name];
  };
  /** Any other error. Without it, what no clause names goes on to whatever is around. */
  readonly otherwise?: (way: Flow<Scope, End>, error: Ref<ErrorOutput>) => Otherwise;
  /** Runs behind all of it: when it went well, when a clause answered, and before a failure goes on. */
  readonly finally?: (way: Flow<Scope, End>) => Body<undefined>;
}

/** Names that stand for other errors: `otherwise` says it better. */
const WILDCARDS = new Set(['States.ALL', 'States.TaskFailed']);

export function tryNode(
  { place, name, way }: StepGround,
  given: {
    readonly do?: unknown;
    readonly catch?: object;
    readonly otherwise?: unknown;
    readonly finally?: unknown;
  },
): StepNode {
  const parts = optionsOf(given, ['do', 'catch', 'otherwise', 'finally'], place);
  const also = referenceTo<ErrorOutput>(failureVariable(name));
  const named = parts.catch === undefined ? {} : clausesOf(parts.catch, place);
  const clauses = Object.entries(named).map(([caught, body]) => {
    if (WILDCARDS.has(caught))
      throw new DefinitionError(`${place}: '${caught}' stands for many errors; use 'otherwise' for the rest`);
    const label = labelOf(caught, Object.keys(named));
    return { label, errors: [caught], flow: flowOf(body, way(label, also), { what: 'its clause', also }) };
  });
  if (clauses.length === 0 && !parts.otherwise && !parts.finally)
    throw new DefinitionError(
      `${place}: a try that catches nothing does nothing; add catch, otherwise or finally`,
    );
  const otherwise =
    parts.otherwise === undefined
      ? undefined
      : flowOf(parts.otherwise, way('otherwise', also), { what: 'otherwise', also });
  const last =
    parts.finally === undefined
      ? undefined
      : withoutEnd(flowOf(parts.finally, way('finally'), { what: 'finally' }), place);
  const flow = flowOf(parts.do, way(), { what: 'do' });
  if (last !== undefined)
    for (const part of [flow, ...clauses.map((clause) => clause.flow), ...(otherwise ? [otherwise] : [])])
      refuseSucceed(part, place);
  return { kind: 'try', name, flow, clauses, otherwise, last };
}

/** A Succeed state ends the execution where it is: nothing would run behind it. */
function refuseSucceed(flow: FlowNode, place: string): void {
  const end = inlineSteps(flow).find(({ kind }) => kind === 'succeed');
  if (end?.kind === 'succeed')
    throw new DefinitionError(
      `${place}: '${end.name}' ends the workflow before its finally could run; let it return instead, or leave ` +
        `the finally out`,
    );
}

function clausesOf(given: object, place: string): object {
  if (typeof given === 'object' && !Array.isArray(given)) return given;
  throw new DefinitionError(
    `${place}: catch must be an object of clauses by error, got ${shown(given)}; write { Busy: (way, error) => … }`,
  );
}

/** `DynamoDb.ResourceNotFoundException` as a part of a state's name: its last word, unless two end alike. */
function labelOf(error: string, all: readonly string[]): string {
  const word = (name: string) => name.split('.').at(-1) ?? '';
  const alone = all.filter((name) => word(name) === word(error)).length === 1;
  return (alone ? word(error) : error).replaceAll(/[^A-Za-z0-9]/g, '') || 'caught';
}

function withoutEnd(flow: FlowNode, place: string): FlowNode {
  for (const step of inlineSteps(flow)) {
    const unknownCase = step.kind === 'fail' && step.error === 'UnknownCase';
    if (step.kind === 'succeed' || (step.kind === 'fail' && !unknownCase))
      throw new DefinitionError(
        `${place} › finally: it would hide how the try ended; leave out its '${step.name}' and let it go on`,
      );
  }
  return flow;
}
