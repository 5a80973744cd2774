import { list } from '../../../src/dsl/expression/list.ts';
import { concat, contains } from '../../../src/dsl/expression/text.ts';
import type { AnyFlow, AnyRef, AnyScope } from './any-flow.ts';
import {
  type Around,
  callOf,
  policyOf,
  pollOptions,
  repeatOptions,
  repeatedCall,
  runOptions,
} from './call-options.ts';
import { givesResult } from './gives-result.ts';
import { type KnownValue, knownResult, textOf } from './known-value.ts';
import { answering, branchLabels, finallyPlace, forked, labelled, siteOf, stepPlace } from './place.ts';
import type { Body, ChooseStep, EachStep, ParallelStep, Step, TryStep } from './plan.ts';
import { headStartOf } from './timing.ts';

/** A flow, and what the steps behind it may read. */
interface Grown {
  readonly flow: AnyFlow;
  readonly known: readonly KnownValue[];
}

/** Adds the steps to a flow. */
export const grownFlow = (flow: AnyFlow, steps: readonly Step[], around: Around): Grown =>
  steps.reduce(
    (grown: Grown, step, index): Grown => {
      const here = { ...around, place: stepPlace(around.place, index), known: grown.known };
      const result = givesResult(step) ? [knownResult(step, here.place.name)] : [];
      return { flow: withStep(grown.flow, step, here), known: [...grown.known, ...result] };
    },
    { flow, known: around.known },
  );

function withStep(flow: AnyFlow, step: Step, around: Around): AnyFlow {
  const { place } = around;
  const { name } = place;
  switch (step.kind) {
    case 'run':
      return flow.run(name, callOf(siteOf(place), step, around), runOptions(step, around));
    case 'poll':
      return flow.pollUntil(name, callOf(siteOf(place), step, around), pollOptions(step, around));
    case 'repeat':
      return flow.repeatUntil(name, repeatedCall(step, around), repeatOptions(step, around));
    case 'wait':
      return flow.waitFor(name, `${step.seconds} seconds`);
    case 'choose':
      return withChoice(flow, step, around);
    case 'match': {
      const ways = step.ways.map(({ hue, body }) => [hue, insideOf(body, within(around, hue))]);
      return flow.match(name, ({ input }) => input?.hue, Object.fromEntries(ways));
    }
    case 'parallel':
      return flow.parallel(name, branchesOf(step, around), { retry: step.retry.map(policyOf) });
    case 'each':
      return flow.forEach(name, loopOptions(step, around));
    case 'try':
      return flow.try(name, tryParts(step, around));
    case 'pointOfNoReturn':
      return flow.pointOfNoReturn({ failures: step.failures });
  }
}

const within = (around: Around, label: string): Around => ({
  ...around,
  place: labelled(around.place, label),
});

const insideOf =
  (body: Body, around: Around) =>
  (start: AnyFlow): unknown => {
    const { flow, known } = grownFlow(start, body.steps, around);
    switch (body.end.kind) {
      case 'goesOn':
        return flow;
      case 'returns':
        return flow.returns(textOf(body.end.sees, known));
      case 'fails':
        return flow.fail(`${around.place.name}f`, body.end.error, textOf(body.end.sees, known));
    }
  };

function withChoice(flow: AnyFlow, { ways, otherwise }: ChooseStep, around: Around): AnyFlow {
  const newest = around.known.at(-1) as KnownValue;
  return flow.choose(around.place.name, (choice) => {
    const all = ways.reduce(
      (grown, { digit, body }, index) =>
        grown.when(
          `way${index}`,
          (scope) => contains(newest.read(scope), digit),
          insideOf(body, within(around, `way${index}`)),
        ),
      choice,
    );
    return otherwise ? all.otherwise(insideOf(otherwise, within(around, 'otherwise'))) : all;
  });
}

const branchesOf = ({ branches }: ParallelStep, around: Around) =>
  Object.fromEntries(
    branches.map((body, index) => {
      const label = branchLabels[index] as string;
      const headStart = `${headStartOf(siteOf(around.place), index)} seconds`;
      const branch = (start: AnyFlow) =>
        insideOf(body, { ...around, place: forked(labelled(around.place, label)) })(
          start.waitFor(`${around.place.name}w`, headStart),
        );
      return [label, branch];
    }),
  );

function loopOptions({ items, atOnce, body, retry }: EachStep, around: Around): object {
  const { place, known, elements } = around;
  const as = `${place.name}x`;
  const elementOf = (index: number) => ({ key: String(index), headStart: headStartOf(siteOf(place), index) });
  const key: KnownValue = { read: (scope) => (scope[as] as AnyRef).key as AnyRef, mayBeMissing: false };
  const inner = { place: forked(place), known: [...known, key], elements: [...elements, as] };
  return {
    of: () => list(...Array.from({ length: items }, (_, index) => elementOf(index))),
    as,
    atOnce,
    retry: retry.map(policyOf),
    do: (each: AnyFlow) =>
      insideOf(
        body,
        inner,
      )(each.waitFor(`${place.name}w`, (scope: AnyScope) => (scope[as] as AnyRef).headStart)),
  };
}

function tryParts({ body, clauses, otherwise, last }: TryStep, around: Around): object {
  const answer = (part: Body, label: string) => (start: AnyFlow, error: AnyRef) => {
    const told: KnownValue = {
      read: () => concat(error.Error as AnyRef, ': ', error.Cause as AnyRef),
      mayBeMissing: false,
    };
    const place = answering(around.place, label);
    return insideOf(part, { ...around, place, known: [...around.known, told] })(start);
  };
  return {
    do: insideOf(body, around),
    catch: Object.fromEntries(clauses.map(({ error, body: part }) => [error, answer(part, error)])),
    ...(otherwise && { otherwise: answer(otherwise, 'otherwise') }),
    ...(last && { finally: insideOf(last, { ...around, place: finallyPlace(around.place) }) }),
  };
}
