import type { WorkflowNode } from '../../ast/step-node.ts';
import { callsOf, stepsOf } from '../../ast/walk-steps.ts';
import { callStatements } from './call-statements.ts';
import { keyStatement } from './key-statement.ts';
import { mapStatements } from './map-statements.ts';
import { mergeStatements } from './merge-statements.ts';
import type { Statement } from './statement.ts';

/**
 * What a workflow's steps, undos and inner ones included, need of the machine's role, and no more. Logging and
 * tracing are the deployment's, not the steps'.
 */
export function permissionsOf({ name, flow, encryptedWith }: WorkflowNode): readonly Statement[] {
  const ofSteps = stepsOf(flow).flatMap(({ step }) => [
    ...callsOf(step).flatMap(callStatements),
    ...(step.kind === 'forEach' ? mapStatements(step, name) : []),
  ]);
  const ofKey = encryptedWith === undefined ? [] : [keyStatement(encryptedWith, name)];
  return mergeStatements([...ofSteps, ...ofKey]);
}
