import type { Catcher, Json, MapState, Retrier, State } from '../asl/machine.ts';
import type { ExpressionNode } from '../ast/expression-node.ts';
import { value } from '../ast/node.ts';
import type { RetryNode } from '../ast/step-node.ts';
import type { Assignments, CatchDraft, Draft, DraftFlow, MapDraft } from './draft.ts';
import { callFields } from './emit-call.ts';
import { conditionField, expressionField, templateJson, textField } from './render/template-json.ts';
import { mapValues } from './walk.ts';

/** A flow's states as ASL, in the order of their drafts. */
export function emitStates(flow: DraftFlow): { StartAt: string; States: Record<string, State> } {
  const states = flow.states.map((draft) => [draft.name, emitState(draft)] as const);
  return { StartAt: flow.startAt, States: Object.fromEntries(states) };
}

function emitState(draft: Draft): State {
  switch (draft.type) {
    case 'Task':
      return {
        Type: 'Task',
        ...callFields(draft.call, draft.name),
        ...(draft.call.role === undefined ? {} : { Credentials: { RoleArn: textField(draft.call.role) } }),
        TimeoutSeconds: draft.call.patience ? numberField(draft.call.patience) : draft.call.timeoutSeconds,
        ...(draft.call.heartbeatSeconds === undefined
          ? {}
          : { HeartbeatSeconds: draft.call.heartbeatSeconds }),
        ...retryField(draft.retry),
        ...catchField(draft.catches),
        ...after(draft),
      };
    case 'Pass':
      return draft.keepsInput
        ? { Type: 'Pass', Assign: assignJson(draft.assign), Next: draft.next }
        : { Type: 'Pass', ...after(draft) };
    case 'Choice':
      return {
        Type: 'Choice',
        Choices: draft.choices.map(({ when, next }) => ({ Condition: conditionField(when), Next: next })),
        Default: draft.otherwise,
      };
    case 'Wait':
      return {
        Type: 'Wait',
        ...('seconds' in draft.wait
          ? { Seconds: numberField(draft.wait.seconds) }
          : { Timestamp: textField(draft.wait.until) }),
        Next: draft.next,
      };
    case 'Parallel':
      return {
        Type: 'Parallel',
        Branches: draft.branches.map(emitStates),
        ...retryField(draft.retry),
        ...catchField(draft.catches),
        ...after(draft),
      };
    case 'Map':
      return {
        Type: 'Map',
        ...itemFields(draft),
        MaxConcurrency: numberField(draft.atOnce),
        ...toleranceFields(draft),
        ItemProcessor: {
          ProcessorConfig:
            draft.mode === 'inline' ? { Mode: 'INLINE' } : { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          ...emitStates(draft.body),
        },
        ...(draft.results
          ? {
              ResultWriter: {
                Resource: 'arn:aws:states:::s3:putObject',
                Arguments: templateJson(draft.results),
              },
            }
          : {}),
        ...retryField(draft.retry),
        ...catchField(draft.catches),
        ...after(draft),
      };
    case 'Succeed':
      return { Type: 'Succeed', Output: templateJson(draft.output) };
    case 'Fail':
      return {
        Type: 'Fail',
        Error: textField(draft.error),
        Cause: textField(draft.cause),
      };
  }
}

/** What follows a state: its variables, no output (results live in variables), and the next state. */
function after(draft: { readonly assign: Assignments; readonly next: string }) {
  const assign = Object.keys(draft.assign).length > 0 ? { Assign: assignJson(draft.assign) } : {};
  return { ...assign, Output: {}, Next: draft.next };
}

/** Where a map's items come from, and what each child gets of them. */
function itemFields({ items, select, batch }: MapDraft): Partial<MapState> {
  const from: Partial<MapState> =
    items.kind === 'itemSource'
      ? {
          ItemReader: {
            Resource: `arn:aws:states:::s3:${items.action}`,
            ...(Object.keys(items.config).length > 0 ? { ReaderConfig: items.config } : {}),
            Arguments: templateJson(items.arguments),
          },
        }
      : { Items: templateJson(value(items)) as string | readonly Json[] };
  if (batch === undefined) return { ...from, ItemSelector: assignJson(select) };
  return {
    ...from,
    ItemBatcher: {
      ...(batch.items === undefined ? {} : { MaxItemsPerBatch: batch.items }),
      ...(batch.bytes === undefined ? {} : { MaxInputBytesPerBatch: batch.bytes }),
      ...(Object.keys(select).length > 0 ? { BatchInput: assignJson(select) } : {}),
    },
  };
}

function toleranceFields({ tolerated }: MapDraft): Partial<MapState> {
  return {
    ...(tolerated?.count ? { ToleratedFailureCount: numberField(tolerated.count) } : {}),
    ...(tolerated?.percentage ? { ToleratedFailurePercentage: numberField(tolerated.percentage) } : {}),
  };
}

/** An expression where ASL wants a number: a literal as it is, anything else as `{% … %}`. */
const numberField = (node: ExpressionNode): number | string =>
  node.kind === 'literal' && typeof node.value === 'number' ? node.value : expressionField(node);

const assignJson = (assignments: Assignments): Record<string, Json> => mapValues(assignments, templateJson);

function retryField(retries: readonly RetryNode[]): { Retry?: Retrier[] } {
  if (retries.length === 0) return {};
  return {
    Retry: retries.map((retry) => ({
      ErrorEquals: retry.errors,
      IntervalSeconds: retry.intervalSeconds,
      MaxAttempts: retry.maxAttempts,
      BackoffRate: retry.backoffRate,
      MaxDelaySeconds: retry.maxDelaySeconds,
      JitterStrategy: 'FULL',
    })),
  };
}

function catchField(catches: readonly CatchDraft[]): { Catch?: Catcher[] } {
  if (catches.length === 0) return {};
  return {
    Catch: catches.map(({ errors, assign, next }) => ({
      ErrorEquals: errors,
      ...(Object.keys(assign).length > 0 ? { Assign: assignJson(assign) } : {}),
      Output: {},
      Next: next,
    })),
  };
}
