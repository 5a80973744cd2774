import { toStepFunctionsNames } from '../asl/sdk-naming.ts';
import { operationSchema } from '../asl/sdk-operations.ts';
import type { Catcher, Json, Retrier, State } from '../asl/machine.ts';
import { DefinitionError } from '../ast/definition-error.ts';
import type { CallNode, RetryNode } from '../ast/step-node.ts';
import type { Assignments, CatchDraft, Draft, DraftFlow } from './draft.ts';
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
        TimeoutSeconds: draft.call.timeoutSeconds,
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
        Seconds:
          draft.seconds.kind === 'literal' ? (draft.seconds.value as number) : expressionField(draft.seconds),
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
        Items: expressionField(draft.items),
        ItemSelector: assignJson(draft.select),
        MaxConcurrency: draft.atOnce,
        ItemProcessor: {
          ProcessorConfig:
            draft.mode === 'inline' ? { Mode: 'INLINE' } : { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          ...emitStates(draft.body),
        },
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

const assignJson = (assignments: Assignments): Record<string, Json> => mapValues(assignments, templateJson);

function callFields(call: CallNode, name: string): { Resource: string; Arguments: Json } {
  const given = templateJson(call.arguments);
  switch (call.kind) {
    case 'task':
      return {
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: `\${${call.task}}`, Payload: given },
      };
    case 'workflow':
      return {
        Resource: 'arn:aws:states:::states:startExecution.sync:2',
        Arguments: { StateMachineArn: `\${${call.workflow}}`, Input: given },
      };
    case 'sdk': {
      const schema = operationSchema(call.service, call.action);
      if (schema === undefined)
        throw new DefinitionError(`${name}: no action ${call.service}:${call.action}`);
      return {
        Resource: `arn:aws:states:::aws-sdk:${call.service}:${call.action}`,
        Arguments: toStepFunctionsNames(schema, 'input', given),
      };
    }
  }
}

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
