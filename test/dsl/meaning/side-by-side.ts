import type { Course } from './course.ts';
import { type PlannedFailure, orElse } from './planned-failure.ts';

/** Thrown of a plan that means several things: which of two branches is first is decided by no time. */
export class Undetermined extends Error {}

type Ended<T> =
  | { readonly course: Course; readonly value: T; readonly failure?: undefined }
  | { readonly course: Course; readonly failure: PlannedFailure };

/**
 * Runs lines of events side by side, so many at once. They do not know of each other, so each is followed to its
 * end; then what began after the first failure is taken back.
 */
export function sideBySide<T>(
  course: Course,
  lines: readonly ((course: Course) => T)[],
  atOnce: number = lines.length,
): readonly T[] {
  const slots = Array.from({ length: atOnce }, () => course.now);
  const ends = lines.map((line): Ended<T> => {
    const slot = slots.indexOf(Math.min(...slots));
    const own: Course = { now: slots[slot] as number, calls: [...course.calls] };
    const end = followed(own, line);
    slots[slot] = own.now;
    return end;
  });
  const made = ends.flatMap((end) => end.course.calls.slice(course.calls.length));
  const first = firstFailure(ends);
  if (first === undefined) {
    course.now = Math.max(course.now, ...slots);
    course.calls.push(...made);
    return ends.flatMap((end) => (end.failure === undefined ? [end.value] : []));
  }
  const { now } = first.course;
  const isBeside = ({ course: own, failure }: Ended<T>) => failure !== undefined && own.now === now;
  if (ends.filter(isBeside).length > 1 || made.some(({ at }) => at === now)) throw new Undetermined();
  course.now = now;
  course.calls.push(...made.filter(({ at }) => at < now));
  throw first.failure;
}

const followed = <T>(course: Course, line: (course: Course) => T): Ended<T> =>
  orElse<Ended<T>>(
    () => ({ course, value: line(course) }),
    (failure) => ({ course, failure }),
  );

const firstFailure = <T>(ends: readonly Ended<T>[]) =>
  ends
    .flatMap((end) => (end.failure === undefined ? [] : [end]))
    .toSorted((a, b) => a.course.now - b.course.now)[0];
