import type { Json } from '../../../src/dsl/asl/machine.ts';
import type { FlowNode, RunNode, StepNode, WorkflowNode } from '../../../src/dsl/ast/step-node.ts';
import type { CallTree } from './call-tree.ts';
import { evaluate, filled, text } from './evaluate.ts';
import type { Forks } from './forks.ts';
import { forEach, parallel } from './interpret-beside.ts';
import { call, poll, recovered, repeat } from './interpret-calls.ts';
import { tryParts } from './interpret-try.ts';
import { Scope } from './scope.ts';
import { type Surroundings, look } from './surroundings.ts';
import { PlannedTasks, type TaskPlan } from './task-plan.ts';
import { WorkflowFailure } from './workflow-failure.ts';

/** How a workflow ends. */
export type Ending =
  | { readonly status: 'SUCCEEDED'; readonly output: Json }
  | { readonly status: 'FAILED'; readonly error: string; readonly words: string };

/** The early and good end of the whole workflow, on its way there. */
class EarlyEnd {
  readonly output: Json;

  constructor(output: Json) {
    this.output = output;
  }
}

/** What a workflow means, told of its steps as its author wrote them, without any state machine. */
export function interpret(
  workflow: WorkflowNode,
  input: Json,
  { plan, forks }: { readonly plan: TaskPlan; readonly forks: Forks },
): { readonly ending: Ending; readonly calls: CallTree } {
  const told: CallTree[] = [];
  const scope = new Scope();
  scope.set('input', input);
  const around: Surroundings = {
    tasks: new PlannedTasks(plan),
    forks,
    scope,
    told,
    path: [],
    perform: performFlow,
  };
  return { ending: endingOf(workflow.flow, around), calls: { kind: 'sequence', parts: told } };
}

function endingOf(flow: FlowNode, around: Surroundings): Ending {
  let due: RunNode[] = [];
  try {
    for (const step of flow.steps) {
      // An undo is due from when its step is entered.
      if (step.kind === 'run' && step.undo) due.push(step);
      if (step.kind === 'pointOfNoReturn') due = [];
      perform(step, around);
    }
    return { status: 'SUCCEEDED', output: flow.returns ? filled(flow.returns, look(around)) : {} };
  } catch (end) {
    if (end instanceof EarlyEnd) return { status: 'SUCCEEDED', output: end.output };
    if (!(end instanceof WorkflowFailure)) throw end;
    return { status: 'FAILED', error: end.error, words: `${end.words}${undo(due, around)}` };
  }
}

/** Runs the undos, newest first, and says what came of them. */
function undo(due: readonly RunNode[], around: Surroundings): string {
  let undone = '';
  let notUndone = '';
  for (const step of due.toReversed()) {
    try {
      call({ call: step.undo as RunNode['call'], retry: step.undoRetry }, around);
      undone += ` ${step.name}.`;
    } catch (failure) {
      if (!(failure instanceof WorkflowFailure)) throw failure;
      notUndone += ` ${step.name} (${failure.error}: ${failure.words}).`;
    }
  }
  return (undone && ` Undone:${undone}`) + (notUndone && ` NOT UNDONE:${notUndone}`);
}

function performFlow(flow: FlowNode, around: Surroundings): Json | undefined {
  for (const step of flow.steps) perform(step, around);
  return flow.returns && filled(flow.returns, look(around));
}

function perform(step: StepNode, { path, ...rest }: Surroundings): void {
  const around: Surroundings = { ...rest, path: 'name' in step ? [...path, step.name] : path };
  const { scope } = around;
  switch (step.kind) {
    case 'run':
      return scope.set(
        step.name,
        recovered(step, around, () => call(step, around)),
      );
    case 'poll':
      return scope.set(
        step.name,
        recovered(step, around, () => poll(step, around)),
      );
    case 'repeat':
      return scope.set(
        step.name,
        recovered(step, around, () => repeat(step, around)),
      );
    case 'choose': {
      const taken = step.cases.find(({ when }) => evaluate(when, look(around)) === true);
      const inner = { ...around, path: [...around.path, taken?.label ?? 'otherwise'] };
      return scope.set(step.name, performFlow(taken?.flow ?? step.otherwise, inner));
    }
    case 'parallel':
      return scope.set(step.name, parallel(step, around));
    case 'forEach':
      return scope.set(step.name, forEach(step, around));
    case 'try':
      return scope.set(step.name, tryParts(step, around));
    case 'succeed':
      throw new EarlyEnd(filled(step.output, look(around)));
    case 'fail':
      throw new WorkflowFailure(step.error, text(evaluate(step.cause, look(around))));
    case 'wait':
    case 'pointOfNoReturn':
      return;
    case 'callback':
      throw new Error('nothing here draws a callback');
  }
}
