import { calledStep } from './called-step.ts';
import type { Course } from './course.ts';
import { PlannedFailure, orElse } from './planned-failure.ts';
import { sideBySide } from './side-by-side.ts';
import { givesResult, returns } from './gives-result.ts';
import { type Around, type Value, textOf, within } from './meant-around.ts';
import { repeatedWhole } from './meant-call.ts';
import { answering, branchLabels, finallyPlace, forked, labelled, siteOf, stepPlace } from './place.ts';
import type { Body, EachStep, MatchStep, ParallelStep, Step, TryStep } from './plan.ts';
import { headStartOf } from './timing.ts';

/** What is known behind the step. */
export function meantStep(step: Step, around: Around, course: Course): readonly Value[] {
  const value = valueOf(step, around, course);
  return givesResult(step) ? [...around.known, value] : around.known;
}

function valueOf(step: Step, around: Around, course: Course): Value {
  switch (step.kind) {
    case 'run':
    case 'poll':
    case 'repeat':
      return calledStep(step, around, course);
    case 'wait':
      course.now += step.seconds * 1000;
      return undefined;
    case 'choose': {
      const newest = around.known.at(-1) ?? '';
      const index = step.ways.findIndex(({ digit }) => newest.includes(digit));
      const way = step.ways[index]?.body ?? step.otherwise;
      return way && meantBody(way, within(around, index < 0 ? 'otherwise' : `way${index}`), course);
    }
    case 'match':
      return matched(step, around, course);
    case 'parallel':
      return repeatedWhole(course, step.retry, () => parallel(step, around, course));
    case 'each':
      return repeatedWhole(course, step.retry, () => each(step, around, course));
    case 'try':
      return tried(step, around, course);
    case 'pointOfNoReturn':
      return undefined;
  }
}

/** Gives what the body returns. */
function meantBody({ steps, end }: Body, around: Around, course: Course): Value {
  const known = steps.reduce(
    (before, step, index) =>
      meantStep(step, { ...around, place: stepPlace(around.place, index), known: before }, course),
    around.known,
  );
  if (end.kind === 'goesOn') return undefined;
  const text = textOf(end.sees, known);
  if (end.kind === 'fails') throw new PlannedFailure(end.error, text);
  return text;
}

function matched({ ways }: MatchStep, around: Around, course: Course): Value {
  const way = ways.find(({ hue }) => hue === around.hue);
  if (way !== undefined) return meantBody(way.body, within(around, way.hue), course);
  const place = ['Planned', ...around.place.path].join(' › ');
  throw new PlannedFailure(
    'UnknownCase',
    `${place}: the value is none of ${ways.map(({ hue }) => hue).join(', ')}`,
  );
}

function parallel({ branches }: ParallelStep, around: Around, course: Course): Value {
  const lines = branches.map((body, index) => (own: Course) => {
    own.now += 1000 * headStartOf(siteOf(around.place), index);
    const place = forked(labelled(around.place, branchLabels[index] as string));
    return meantBody(body, { ...around, place }, own);
  });
  const given = sideBySide(course, lines);
  return given
    .flatMap((text, index) => (branches.slice(index, index + 1).some(returns) ? [`${text}+`] : []))
    .join('');
}

function each({ items, atOnce, body }: EachStep, around: Around, course: Course): Value {
  const lines = Array.from({ length: items }, (_, index) => (own: Course) => {
    own.now += 1000 * headStartOf(siteOf(around.place), index);
    const key = String(index);
    const known = [...around.known, key];
    const elements = [...around.elements, key];
    return meantBody(body, { ...around, place: forked(around.place), known, elements }, own);
  });
  return sideBySide(course, lines, atOnce).join(',');
}

/** A try catches what its body raises, not what its clauses raise; its `finally` comes behind all of it. */
function tried(step: TryStep, around: Around, course: Course): Value {
  const last = () => {
    if (step.last) meantBody(step.last, { ...around, place: finallyPlace(around.place) }, course);
  };
  const value = orElse(
    () => answered(step, around, course),
    (failure) => {
      orElse(last, (late) => {
        const words = `${failure.words} [its finally failed, too: ${late.message}]`;
        throw new PlannedFailure(failure.error, words);
      });
      throw failure;
    },
  );
  last();
  return value;
}

const answered = (step: TryStep, around: Around, course: Course): Value =>
  orElse(
    () => meantBody(step.body, around, course),
    (failure) => {
      const clause = step.clauses.find(({ error }) => error === failure.error);
      const answer = clause?.body ?? step.otherwise;
      if (answer === undefined) throw failure;
      const place = answering(around.place, clause?.error ?? 'otherwise');
      return meantBody(answer, { ...around, place, known: [...around.known, failure.message] }, course);
    },
  );
