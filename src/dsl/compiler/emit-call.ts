import type { Json } from '../asl/machine.ts';
import { DefinitionError } from '../ast/definition-error.ts';
import type { CallNode, IntegrationCallNode, TaskCallNode, WorkflowCallNode } from '../ast/step-node.ts';
import { textField, templateJson } from './render/template-json.ts';

interface CallFields {
  readonly Resource: string;
  readonly Arguments: Json;
}

/**
 * The part of a Task state that says what is called, and with what; `place` is the state's name.
 * @throws DefinitionError for an integration that cannot wait for a task token.
 */
export function callFields(call: CallNode, place: string): CallFields {
  switch (call.kind) {
    case 'task':
      return taskFields(call);
    case 'workflow':
      return workflowFields(call);
    case 'sdk':
      return {
        Resource: `arn:aws:states:::aws-sdk:${call.service}:${call.action}${tokenPattern(call)}`,
        Arguments: templateJson(call.arguments),
      };
    case 'integration':
      return integrationFields(call, place);
  }
}

const tokenPattern = (call: CallNode): string => (call.waitsFor === 'token' ? '.waitForTaskToken' : '');

function taskFields(call: TaskCallNode): CallFields {
  return {
    Resource: `arn:aws:states:::lambda:invoke${tokenPattern(call)}`,
    Arguments: {
      FunctionName: `\${${call.task}}`,
      ...(call.waitsFor === 'start' ? { InvocationType: 'Event' } : {}),
      Payload: templateJson(call.arguments),
    },
  };
}

/** The pattern behind `startExecution`: `.sync:2` gives the child's output as JSON, `.sync` would as text. */
const CHILD_PATTERN = { result: '.sync:2', start: '', token: '.waitForTaskToken' } as const;

function workflowFields(call: WorkflowCallNode): CallFields {
  return {
    Resource: `arn:aws:states:::states:startExecution${CHILD_PATTERN[call.waitsFor]}`,
    Arguments: {
      StateMachineArn: `\${${call.workflow}}`,
      ...(call.executionName === undefined ? {} : { Name: textField(call.executionName) }),
      Input: templateJson(call.arguments),
    },
  };
}

/** Optimised integrations that answer with no token. Source: "Integrating optimized services with Step Functions". */
const TOKENLESS =
  /^(athena|batch|codebuild|databrew|dynamodb|elasticmapreduce|emr-containers|emr-serverless|glue|http|mediaconvert|sagemaker):|\.sync/;

function integrationFields(call: IntegrationCallNode, place: string): CallFields {
  if (call.waitsFor === 'token' && TOKENLESS.test(call.resource))
    throw new DefinitionError(
      `${place}: ${call.resource} cannot wait for a task token; call the service through awsSdk(), ` +
        `or let a task pass the token on`,
    );
  return {
    Resource: `arn:aws:states:::${call.resource}${tokenPattern(call)}`,
    Arguments: templateJson(call.arguments),
  };
}
