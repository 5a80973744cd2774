import type { Draft } from '../draft.ts';
import { mapValues } from '../walk.ts';
import type { StepOf } from '../step-places.ts';
import { shapeOfTemplate } from '../shapes/expression-shape.ts';
import type { FlowShapes } from '../shapes/flow-shapes.ts';
import { leastBytes, mostBytes } from '../shapes/json-bytes.ts';
import { type Shape, fieldOf, objectOf } from '../shapes/shape.ts';

/** How large one payload may become. */
export interface PayloadBound {
  /** The path of the step; empty for the workflow's own input and output. */
  readonly step: readonly string[];
  readonly what: 'input' | 'output' | 'arguments' | 'result' | 'item' | 'variable';
  /** Of a variable: its name. */
  readonly name?: string;
  /** The most bytes of JSON; unknown where a schema gives no bound. */
  readonly bytes: number | 'unknown';
  /** The fewest, whatever the data are. */
  readonly atLeast: number;
}

/** The payloads of a whole machine, in the order of its states. */
export function payloadBounds(shapes: FlowShapes, input: Shape, stepOf: StepOf): readonly PayloadBound[] {
  return [bound([], 'input', input), ...flowBounds(shapes, stepOf), bound([], 'output', shapes.output())];
}

function flowBounds(shapes: FlowShapes, stepOf: StepOf): readonly PayloadBound[] {
  const seen = new Set<string>();
  return shapes.flow.states.flatMap((draft) => {
    const step = stepOf(draft.name);
    const inner = shapes.inside(draft).flatMap((one) => flowBounds(one, stepOf));
    if (step.length === 0) return inner;
    const known = shapes.at(draft);
    const kept = namesAssigned(draft).filter((name) => !seen.has(name));
    for (const name of kept) seen.add(name);
    return [
      ...stateBounds(draft, shapes, step),
      ...kept.map((name) => ({ ...bound(step, 'variable', known(name)), name })),
      ...inner,
    ];
  });
}

function stateBounds(draft: Draft, shapes: FlowShapes, step: readonly string[]): readonly PayloadBound[] {
  const known = shapes.at(draft);
  switch (draft.type) {
    case 'Task':
      return [
        bound(step, 'arguments', shapeOfTemplate(draft.call.arguments, known)),
        bound(step, 'result', ownResult(draft, shapes.resultOf(draft))),
      ];
    case 'Parallel':
      return [bound(step, 'result', shapes.resultOf(draft))];
    case 'Map': {
      const item = objectOf(mapValues(draft.select, (one) => shapeOfTemplate(one, known)));
      return [
        ...(draft.batch ? [] : [bound(step, 'item', item)]),
        bound(step, 'result', shapes.resultOf(draft)),
      ];
    }
    case 'Pass':
    case 'Choice':
    case 'Wait':
    case 'Succeed':
    case 'Fail':
      return [];
  }
}

/** What the call itself gives; what its integration wraps it in is the same little for all. */
function ownResult(draft: Extract<Draft, { type: 'Task' }>, result: Shape): Shape {
  if (result.kind !== 'object') return result;
  if (draft.call.kind === 'task') return fieldOf(result, 'Payload');
  return draft.call.kind === 'workflow' ? fieldOf(result, 'Output') : result;
}

const bound = (step: readonly string[], what: PayloadBound['what'], shape: Shape): PayloadBound => ({
  step,
  what,
  bytes: mostBytes(shape) ?? 'unknown',
  atLeast: leastBytes(shape),
});

/**
 * The bytes of all variables together: of a map's body for as many iterations as run at once; a distributed
 * map's children keep their own.
 */
export function variableBytes(shapes: FlowShapes): number | 'unknown' {
  const own = sizesByName(shapes);
  const inner = shapes.flow.states.flatMap((draft) => {
    if (draft.type === 'Map' && draft.mode === 'distributed') return [];
    const times = draft.type === 'Map' && draft.atOnce.kind === 'literal' ? Number(draft.atOnce.value) : 1;
    return shapes.inside(draft).map((one) => {
      const bytes = variableBytes(one);
      return bytes === 'unknown' ? bytes : bytes * times;
    });
  });
  const all = [...own, ...inner];
  return all.some((bytes) => bytes === 'unknown')
    ? 'unknown'
    : (all as number[]).reduce((sum, bytes) => sum + bytes, 0);
}

function sizesByName({ flow, at }: FlowShapes): readonly (number | 'unknown')[] {
  const [first] = flow.states;
  if (first === undefined) return [];
  const names = new Set(flow.states.flatMap(namesAssigned));
  return [...names].map((name) => mostBytes(at(first)(name)) ?? 'unknown');
}

const namesAssigned = (draft: Draft): readonly string[] => [
  ...('assign' in draft ? Object.keys(draft.assign) : []),
  ...('catches' in draft ? draft.catches.flatMap(({ assign }) => Object.keys(assign)) : []),
];
