import type { CallNode, WorkflowNode } from '../../ast/step-node.ts';
import { unsetVariables } from '../unset-variables.ts';
import { mapValues } from '../walk.ts';
import type { Knowledge } from './certainty.ts';
import type { Draft, DraftFlow, MapDraft } from '../draft.ts';
import { type Known, shapeOf, shapeOfTemplate } from './expression-shape.ts';
import { shapeOfSchema } from './schema-shape.ts';
import { NUMBER, type Shape, UNKNOWN, eitherOf, itemsOf, mostItems, objectOf, scalar } from './shape.ts';

/** The shapes of what a flow's states read, give and keep. */
export interface FlowShapes {
  readonly flow: DraftFlow;
  /** What the references of a state's expressions stand for, its own result included. */
  readonly at: (draft: Draft) => Known;
  /** The same, and what may not be set there. */
  readonly knownAt: (draft: Draft) => Knowledge;
  /** What the call, the branches or the iterations of a state give. */
  readonly resultOf: (draft: Draft) => Shape;
  /** The flows inside a state. */
  readonly inside: (draft: Draft) => readonly FlowShapes[];
  /** What the flow gives at its good ends. */
  readonly output: () => Shape;
}

interface Around {
  /** The variables of the flows around. */
  readonly outer: Known;
  /** Those of them that may not be set. */
  readonly unset: ReadonlySet<string>;
  /** `$states.input` of the first state. */
  readonly input: Shape;
  /** Variables of the flow that more is known of than its assignments tell. */
  readonly given?: { readonly [variable: string]: Shape };
}

/** An ARN of an execution or a machine has at most 256 characters (API_DescribeExecution), a name 80. */
const EXECUTION_ARN = scalar(2, 258);
const NAME = scalar(2, 82);
const TIME = scalar(26, 26);

const CONTEXT = {
  Execution: objectOf({
    Id: EXECUTION_ARN,
    Name: NAME,
    StartTime: TIME,
    RedriveCount: NUMBER,
    RoleArn: UNKNOWN,
  }),
  State: objectOf({ Name: NAME, EnteredTime: TIME, RetryCount: NUMBER }),
  StateMachine: objectOf({ Id: EXECUTION_ARN, Name: NAME }),
  // API_SendTaskSuccess
  Task: objectOf({ Token: scalar(2, 2050) }),
};

/** The shapes of a workflow's own flow, at whatever pass. */
export const shapesOfWorkflow = (flow: DraftFlow, { input }: WorkflowNode): FlowShapes =>
  shapesOfFlow(flow, {
    outer: () => UNKNOWN,
    unset: new Set(),
    input: shapeOfSchema(input),
    given: { input: shapeOfSchema(input, 'filled') },
  });

/** The shapes of a flow; a variable is as large as the largest value that any state gives it. */
function shapesOfFlow(flow: DraftFlow, { outer, unset, input, given = {} }: Around): FlowShapes {
  const known = new Map<string, Shape>(Object.entries(given));
  const open = new Set<string>();
  const insides = new Map<Draft, readonly FlowShapes[]>();
  const ownUnset = unsetVariables(flow);
  const unsetAt = (draft: Draft): ReadonlySet<string> =>
    new Set([...unset, ...(ownUnset.get(draft.name) ?? [])]);

  const variable: Known = (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    // A variable that is made of itself grows from round to round.
    if (open.has(name)) return UNKNOWN;
    open.add(name);
    const assigned = flow.states.flatMap((draft) => assignedBy(draft, name, at));
    const shape = assigned.length === 0 ? outer(name) : eitherOf(assigned);
    open.delete(name);
    known.set(name, shape);
    return shape;
  };
  const entered = (draft: Draft) => ({
    input,
    errorOutput: objectOf({ Error: UNKNOWN, Cause: UNKNOWN }),
    context: objectOf({ ...CONTEXT, ...(draft.type === 'Map' ? { Map: mapContext(draft) } : {}) }),
  });
  // A Map's result is that of its body, which is given what is selected before there is a result.
  const atEntry = (draft: Draft): Known => {
    return (name) => (name === 'states' ? objectOf(entered(draft)) : variable(name));
  };
  const at = (draft: Draft): Known => {
    const states = () => objectOf({ ...entered(draft), result: resultOf(draft) });
    return (name) => (name === 'states' ? states() : variable(name));
  };
  const itemShape = ({ items }: MapDraft): Shape =>
    items.kind === 'itemSource' ? UNKNOWN : itemsOf(shapeOf(items, variable));
  const mapContext = (draft: MapDraft): Shape =>
    objectOf({ Item: objectOf({ Index: NUMBER, Value: itemShape(draft) }) });
  const inside = (draft: Draft): readonly FlowShapes[] => {
    const before = insides.get(draft);
    if (before !== undefined) return before;
    const made = flowsInside(draft);
    insides.set(draft, made);
    return made;
  };
  const flowsInside = (draft: Draft): readonly FlowShapes[] => {
    if (draft.type === 'Parallel')
      return draft.branches.map((branch) =>
        shapesOfFlow(branch, { outer: variable, unset: unsetAt(draft), input: objectOf({}) }),
      );
    if (draft.type !== 'Map') return [];
    const selected = objectOf(mapValues(draft.select, (one) => shapeOfTemplate(one, atEntry(draft))));
    const entering = draft.batch ? batchShape(draft, itemShape(draft), selected) : selected;
    return [shapesOfFlow(draft.body, { outer: variable, unset: unsetAt(draft), input: entering })];
  };
  const resultOf = (draft: Draft): Shape => {
    if (draft.type === 'Task') return callResult(draft.call);
    if (draft.type === 'Parallel')
      return objectOf(Object.fromEntries(inside(draft).map((one, index) => [index, one.output()])));
    if (draft.type !== 'Map' || draft.results) return UNKNOWN;
    const body = inside(draft)[0]?.output() ?? UNKNOWN;
    const most = draft.items.kind === 'itemSource' ? undefined : mostItems(shapeOf(draft.items, variable));
    return { kind: 'list', items: body, fewest: 0, most };
  };
  const output = (): Shape =>
    eitherOf(
      flow.states.flatMap((draft) =>
        draft.type === 'Succeed' ? [shapeOfTemplate(draft.output, at(draft))] : [],
      ),
    );
  const knownAt = (draft: Draft): Knowledge => ({ shapes: at(draft), unset: unsetAt(draft) });
  return { flow, at, knownAt, resultOf, inside, output };
}

function assignedBy(draft: Draft, name: string, at: (draft: Draft) => Known): readonly Shape[] {
  const assigned = [
    ...('assign' in draft ? [draft.assign] : []),
    ...('catches' in draft ? draft.catches.map(({ assign }) => assign) : []),
  ];
  return assigned.flatMap((assign) => {
    const template = Object.hasOwn(assign, name) ? assign[name] : undefined;
    return template === undefined ? [] : [shapeOfTemplate(template, at(draft))];
  });
}

/** Only what the author gave a schema of is known, and only of a call whose end is waited for. */
function callResult({ kind, output, waitsFor }: CallNode): Shape {
  if (output === undefined || waitsFor !== 'result') return UNKNOWN;
  const own = shapeOfSchema(output);
  if (kind === 'task') return objectOf({ Payload: own });
  return kind === 'workflow' ? objectOf({ Output: own }) : own;
}

const batchShape = ({ batch }: MapDraft, items: Shape, selected: Shape): Shape =>
  objectOf({
    Items: { kind: 'list', items, fewest: 1, most: batch?.items },
    BatchInput: selected,
  });
