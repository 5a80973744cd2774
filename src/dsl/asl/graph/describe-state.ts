import { itemProcessorOf } from '../item-processor.ts';
import type { MapState, State, TaskState } from '../machine.ts';
import type { NodeKind } from './graph.ts';

interface Described {
  readonly kind: NodeKind;
  readonly detail?: string;
}

/** What a state is in a picture. */
export function describeState(state: State): Described {
  switch (state.Type) {
    case 'Task':
      return describeTask(state);
    case 'Wait':
      return {
        kind: 'wait',
        ...detail(state.Seconds === undefined ? state.Timestamp : seconds(state.Seconds)),
      };
    case 'Choice':
      return { kind: 'choice' };
    case 'Parallel':
      return { kind: 'parallel' };
    case 'Map':
      return isOverNothing(state) ? { kind: 'pass' } : { kind: 'map', detail: describeMap(state) };
    case 'Pass':
      return { kind: 'pass' };
    case 'Succeed':
      return { kind: 'succeed' };
    case 'Fail':
      return { kind: 'fail', ...(state.Error?.startsWith('{%') ? {} : detail(state.Error)) };
  }
}

/** What is called, by its resource and the argument that names it. */
function describeTask({ Resource, Arguments }: TaskState): Described {
  const given = (Arguments ?? {}) as { readonly [field: string]: unknown };
  const named = (field: string) => {
    const value = given[field];
    return typeof value === 'string' && !value.startsWith('{%')
      ? value.replace(/^\$\{(\w+)\}$/, '$1')
      : undefined;
  };
  const call = Resource.replace(/^arn:[^:]+:states:[^:]*:[^:]*:/, '').replace('.waitForTaskToken', '');
  const kind = kindOfCall(call);
  const words =
    (kind === 'task' && named('FunctionName')) ||
    (kind === 'workflow' && named('StateMachineArn')) ||
    call.replace('aws-sdk:', '').replace(/^arn:.*:function:/, '');
  return { kind: Resource.endsWith('.waitForTaskToken') ? 'callback' : kind, detail: short(words) };
}

function kindOfCall(call: string): NodeKind {
  if (call.startsWith('lambda:invoke') || call.includes(':function:')) return 'task';
  if (call.startsWith('states:startExecution')) return 'workflow';
  return call.startsWith('aws-sdk:') ? 'sdk' : 'integration';
}

/** Whether a Map has no items, whatever happens: it only computes, as a Pass does. */
export const isOverNothing = ({ Items }: MapState): boolean => Array.isArray(Items) && Items.length === 0;

function describeMap(state: MapState): string {
  const { MaxConcurrency } = state;
  const distributed = itemProcessorOf(state).ProcessorConfig?.Mode === 'DISTRIBUTED';
  const most = typeof MaxConcurrency === 'number' && MaxConcurrency > 0 ? `, ${MaxConcurrency} at once` : '';
  return `${distributed ? 'an execution for each' : 'for each'}${most}`;
}

/** Characters of text that a picture has room for. */
const ROOM = 40;

/** Text as a picture shows it: an expression without its marks, and not too long. */
export function short(text: string): string {
  const bare = text
    .replace(/^\{%\s*/, '')
    .replace(/\s*%\}$/, '')
    .replaceAll(/\s+/g, ' ');
  return bare.length > ROOM ? `${bare.slice(0, ROOM - 1)}…` : bare;
}

const detail = (text: string | undefined): { readonly detail?: string } =>
  text === undefined ? {} : { detail: short(text) };

const seconds = (given: number | string): string => (typeof given === 'number' ? `${given} s` : given);
