import type { FlowNode, StepNode } from '../../ast/step-node.ts';
import type { Draft, DraftFlow, Undos } from '../draft.ts';
import { NOTHING } from '../../ast/node.ts';
import { stateName } from '../state-name.ts';
import { lowerCallback } from './lower-callback.ts';
import { lowerChoose } from './lower-choose.ts';
import { lowerForEach } from './lower-for-each.ts';
import { lowerParallel } from './lower-parallel.ts';
import { lowerPoll } from './lower-poll.ts';
import { lowerRepeat } from './lower-repeat.ts';
import { lowerFail, lowerRun, lowerSucceed, lowerWait } from './lower-run.ts';
import { lowerTry } from './lower-try.ts';
import type { Lowered, Place } from './place.ts';

/** Lowers a kind of step; a new kind does not compile until it has its own. */
const LOWER: {
  readonly [K in StepNode['kind']]: (step: Extract<StepNode, { kind: K }>, place: Place) => Lowered;
} = {
  run: lowerRun,
  callback: lowerCallback,
  poll: lowerPoll,
  repeat: lowerRepeat,
  wait: lowerWait,
  choose: lowerChoose,
  parallel: lowerParallel,
  forEach: lowerForEach,
  try: lowerTry,
  succeed: lowerSucceed,
  fail: lowerFail,
  pointOfNoReturn: (_step, place) => ({ entry: place.next, states: [] }),
};

function lowerStep(step: StepNode, place: Place): Lowered {
  const lower = LOWER[step.kind] as (step: StepNode, place: Place) => Lowered;
  return lower(step, place);
}

/** Lowers steps that are followed by `place.next`. */
function lowerSteps(steps: readonly StepNode[], place: Omit<Place, 'lower'>): Lowered {
  const undos = duePerStep(steps, place.undos);
  const states: Draft[] = [];
  let entry = place.next;
  for (let at = steps.length - 1; at >= 0; at -= 1) {
    const step = steps[at] as StepNode;
    const path = 'name' in step ? [...place.path, step.name] : place.path;
    const lowered = lowerStep(step, {
      path,
      next: entry,
      undos: undos[at] ?? null,
      tries: place.tries,
      lower: { steps: lowerSteps, flow: lowerFlow },
    });
    states.unshift(...lowered.states);
    entry = lowered.entry;
  }
  return { entry, states };
}

/** A whole flow: its steps and its end, which gives back `returns`. */
export function lowerFlow(flow: FlowNode, place: Omit<Place, 'next' | 'lower'>): DraftFlow {
  const end: Draft = {
    type: 'Succeed',
    name: stateName([...place.path, flow.returns ? 'Return' : 'Done']),
    undos: flow.steps.length === 0 ? place.undos : (duePerStep(flow.steps, place.undos).at(-1) ?? null),
    output: flow.returns ?? NOTHING,
  };
  const { entry, states } = lowerSteps(flow.steps, { ...place, next: end.name });
  return { startAt: entry, states: [...states, end] };
}

/** For each step, the steps up to and including it that have an undo, as long as there is a way back. */
function duePerStep(steps: readonly StepNode[], inherited: Undos): readonly Undos[] {
  let due = inherited;
  return steps.map((step) => {
    if (step.kind === 'pointOfNoReturn') due = step.failures === 'endInWords' ? [] : null;
    if (step.kind === 'run' && step.undo && due !== null) due = [...due, step.name];
    return due;
  });
}
