import type { JsonObject } from '../machine.ts';
import type { CheckOptions } from './check-options.ts';
import { isObject, objectsOf, step } from './json-value.ts';
import type { Language } from './language.ts';
import { nearest } from './nearest.ts';
import { type Read, readsOf } from './reads.ts';

/** A definition of any quality, taken apart once for all checks. */
export interface MachineTree {
  readonly definition: JsonObject;
  readonly options: CheckOptions;
  /** The machine's own states and ways. */
  readonly flow: FlowNode;
  /** Every flow, those inside others included. */
  readonly flows: readonly FlowNode[];
  /** Every state, those of inner flows included. */
  readonly states: readonly StateNode[];
}

/** A machine, a branch or a map's body: the states among which transitions lead, and a scope of variables. */
export interface FlowNode {
  /** The state that it is inside; `''` for the machine. */
  readonly name: string;
  readonly place: string;
  readonly value: JsonObject;
  readonly outer: StateNode | undefined;
  readonly states: readonly StateNode[];
  /** Whether its executions are apart from the outer one's, so that it reads none of its variables. */
  readonly distributed: boolean;
  /** Whether its executions are Express ones. */
  readonly express: boolean;
}

export interface StateNode {
  readonly name: string;
  readonly place: string;
  readonly value: JsonObject;
  readonly type: string;
  readonly language: Language;
  readonly flow: FlowNode;
  readonly inner: readonly FlowNode[];
  /** Its expressions and paths, not those of states inside it. */
  readonly reads: readonly Read[];
}

export function treeOf(definition: JsonObject, options: CheckOptions): MachineTree {
  const flow = flowOf(definition, {
    name: '',
    place: '',
    outer: undefined,
    distributed: false,
    express: options.type === 'EXPRESS',
    ofMachine: languageOf(definition, 'JSONPath'),
  });
  const flows = flowsWithin(flow);
  return { definition, options, flow, flows, states: flows.flatMap(({ states }) => states) };
}

interface Surroundings extends Omit<FlowNode, 'value' | 'states'> {
  readonly ofMachine: Language;
}

function flowOf(value: JsonObject, { ofMachine, ...around }: Surroundings): FlowNode {
  const states: StateNode[] = [];
  const flow: FlowNode = { ...around, value, states };
  for (const [name, state] of Object.entries(isObject(value.States) ? value.States : {}))
    if (isObject(state)) states.push(stateOf(name, state, { flow, ofMachine }));
  return flow;
}

function stateOf(
  name: string,
  value: JsonObject,
  { flow, ofMachine }: { readonly flow: FlowNode; readonly ofMachine: Language },
): StateNode {
  const language = languageOf(value, ofMachine);
  const place = `${flow.place}/States/${name}`;
  const type = typeof value.Type === 'string' ? value.Type : '';
  const inner: FlowNode[] = [];
  const reads = readsOf({ place, value, type, language });
  const node: StateNode = { name, place, value, type, language, flow, inner, reads };
  for (const { part, body } of bodiesOf(type, value)) {
    const config = isObject(body.ProcessorConfig) ? body.ProcessorConfig : {};
    const distributed =
      typeof config.Mode === 'string' && nearest(config.Mode, ['DISTRIBUTED']) !== undefined;
    inner.push(
      flowOf(body, {
        name,
        place: place + part,
        outer: node,
        distributed,
        express: distributed ? config.ExecutionType === 'EXPRESS' : flow.express,
        ofMachine,
      }),
    );
  }
  return node;
}

function bodiesOf(type: string, value: JsonObject): readonly { part: string; body: JsonObject }[] {
  if (type === 'Parallel')
    return objectsOf(value.Branches).map(([body, index]) => ({ part: `/Branches${step(index)}`, body }));
  if (type !== 'Map') return [];
  return ['ItemProcessor', 'Iterator'].flatMap((field) => {
    const body = value[field];
    return isObject(body) ? [{ part: `/${field}`, body }] : [];
  });
}

/**
 * A state has its own language or the machine's, never that of the Map or Parallel around it; any value but
 * exactly `JSONPath` counts as JSONata. Measured: floci-io/floci#2968.
 */
function languageOf({ QueryLanguage }: JsonObject, otherwise: Language): Language {
  if (QueryLanguage === undefined) return otherwise;
  return QueryLanguage === 'JSONPath' ? 'JSONPath' : 'JSONata';
}

const flowsWithin = (flow: FlowNode): readonly FlowNode[] => [
  flow,
  ...flow.states.flatMap(({ inner }) => inner.flatMap(flowsWithin)),
];
