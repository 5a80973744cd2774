import { DefinitionError } from '../../ast/definition-error.ts';
import { failureVariable } from '../../ast/node.ts';
import type { FlowNode, StepNode } from '../../ast/step-node.ts';
import { flowsWithin } from '../../ast/walk-steps.ts';
import { type Ref, referenceTo } from '../../expression/expression.ts';
import type { Body } from '../flow-end.ts';
import type { Flow } from '../flow.ts';
import type { ErrorOutput } from '../scope.ts';
import type { Ground } from './call-options.ts';

/** What is tried, and what answers which failure of it. */
export interface TryParts<Scope, End, Done, Clauses, Otherwise> {
  readonly do: (body: Flow<Scope, End>) => Body<Done>;
  /** By the error's own name, also that of a failed child workflow. */
  readonly catch?: {
    readonly [Name in keyof Clauses]: (
      way: Flow<Scope, End>,
      error: Ref<ErrorOutput<Name & string>>,
    ) => Body<Clauses[Name]>;
  };
  /** Any other error. Without it, what no clause names goes on to whatever is around. */
  readonly otherwise?: (way: Flow<Scope, End>, error: Ref<ErrorOutput>) => Body<Otherwise>;
  /** Runs behind all of it: when it went well, when a clause answered, and before a failure goes on. */
  readonly finally?: (way: Flow<Scope, End>) => Body<undefined>;
}

/** Names that stand for other errors: `otherwise` says it better. */
const WILDCARDS = new Set(['States.ALL', 'States.TaskFailed']);

export function tryNode<Scope, End>(
  ground: Ground<unknown> & { readonly name: string; readonly way: (label?: string) => Flow<Scope, End> },
  parts: {
    readonly do: (body: Flow<Scope, End>) => Body<unknown>;
    readonly catch?: { readonly [name: string]: (way: Flow<Scope, End>, error: never) => Body<unknown> };
    readonly otherwise?: (way: Flow<Scope, End>, error: Ref<ErrorOutput>) => Body<unknown>;
    readonly finally?: (way: Flow<Scope, End>) => Body<undefined>;
  },
): StepNode {
  const { place, name, way } = ground;
  const error = referenceTo<ErrorOutput>(failureVariable(name));
  const clauses = Object.entries(parts.catch ?? {}).map(([caught, body]) => {
    if (WILDCARDS.has(caught))
      throw new DefinitionError(`${place}: '${caught}' stands for many errors; use 'otherwise' for the rest`);
    const label = labelOf(caught, Object.keys(parts.catch ?? {}));
    return { label, errors: [caught], flow: body(way(label), error as never).node };
  });
  if (clauses.length === 0 && !parts.otherwise && !parts.finally)
    throw new DefinitionError(
      `${place}: a try that catches nothing does nothing; add catch, otherwise or finally`,
    );
  return {
    kind: 'try',
    name,
    flow: parts.do(way()).node,
    clauses,
    otherwise: parts.otherwise?.(way('otherwise'), error).node,
    last: parts.finally && withoutEnd(parts.finally(way('finally')).node, place),
  };
}

/** `DynamoDb.ResourceNotFoundException` as a part of a state's name: its last word, unless two end alike. */
function labelOf(error: string, all: readonly string[]): string {
  const word = (name: string) => name.split('.').at(-1) ?? '';
  const alone = all.filter((name) => word(name) === word(error)).length === 1;
  return (alone ? word(error) : error).replaceAll(/[^A-Za-z0-9]/g, '') || 'caught';
}

function withoutEnd(flow: FlowNode, place: string): FlowNode {
  for (const step of flow.steps) {
    if (step.kind === 'fail' || step.kind === 'succeed')
      throw new DefinitionError(
        `${place} › finally: it would hide how the try ended; leave out its '${step.name}' and let it go on`,
      );
    if (step.kind === 'choose' || step.kind === 'try')
      for (const [, inner] of flowsWithin(step)) withoutEnd(inner, place);
  }
  return flow;
}
