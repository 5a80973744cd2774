import type { Course } from './course.ts';
import { PlannedFailure, orElse } from './planned-failure.ts';
import { type Value, textOf } from './meant-around.ts';
import { meantCall } from './meant-call.ts';
import { meantStep } from './meant-step.ts';
import { outermost, siteOf, stepPlace } from './place.ts';
import type { Plan, PlannedCall, Step } from './plan.ts';
import { type RunTrace, inOrder } from './run-trace.ts';

interface DueUndo {
  readonly step: string;
  readonly site: string;
  readonly undo: PlannedCall;
  readonly known: readonly Value[];
}

/** What becomes of a failure: the undos that are due, newest first, and then the end; or it stays where it is. */
type WayBack = readonly DueUndo[] | 'stays';

/** What a plan means, without a machine. @throws Undetermined */
export function meantRun(plan: Plan): RunTrace {
  const course: Course = { now: 0, calls: [] };
  const end = endOf(plan, course);
  return { calls: inOrder(course.calls), end, milliseconds: course.now };
}

function endOf({ steps, input, returns }: Plan, course: Course): RunTrace['end'] {
  let known: readonly Value[] = [input.n];
  let wayBack: WayBack = steps.some(endsFailures) ? [] : 'stays';
  try {
    for (const [index, step] of steps.entries()) {
      const place = stepPlace(outermost, index);
      if (step.kind === 'pointOfNoReturn') wayBack = step.failures === 'stayForRedrive' ? 'stays' : [];
      if (step.kind === 'run' && step.undo && wayBack !== 'stays')
        wayBack = [{ step: place.name, site: `${siteOf(place)}.undo`, undo: step.undo, known }, ...wayBack];
      known = meantStep(step, { place, known, elements: [], hue: input.hue }, course);
    }
    return { status: 'SUCCEEDED', output: textOf(returns, known) };
  } catch (failure) {
    if (!(failure instanceof PlannedFailure)) throw failure;
    const { error, words } = failure;
    if (wayBack === 'stays') return { status: 'FAILED', error, cause: words, stayed: true };
    return { status: 'FAILED', error, cause: `${words}${undone(wayBack, course)}`, stayed: false };
  }
}

/** Whether a workflow with this step ends a failure in words of its own. */
const endsFailures = (step: Step): boolean =>
  (step.kind === 'run' && step.undo !== undefined) ||
  (step.kind === 'pointOfNoReturn' && step.failures === 'endInWords');

/** Runs every undo, whatever happens to the others. */
function undone(due: readonly DueUndo[], course: Course): string {
  const [done, notDone]: [string[], string[]] = [[], []];
  for (const { step, site, undo, known } of due)
    orElse(
      () => {
        meantCall(course, undo, { site, sees: textOf(undo.sees, known) });
        done.push(step);
      },
      (failure) => {
        notDone.push(`${step} (${failure.message})`);
      },
    );
  return told('undone', done) + told('NOT UNDONE', notDone);
}

const told = (label: string, steps: readonly string[]): string =>
  steps.length === 0 ? '' : ` [${label}: ${steps.join(', ')}]`;
