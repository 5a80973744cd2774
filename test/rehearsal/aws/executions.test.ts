import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { refusalOf, rehearsedAccount, start } from './rehearsed-account.ts';

const running = 'arn:aws:states:us-east-1:000000000000:execution:Rewind:first';

test('describes an execution as the callback knows it', async () => {
  const { sfn } = await rehearsedAccount({
    describeExecution: (arn) =>
      arn === running ? { status: 'FAILED', startDate: new Date(start), error: 'Thaw' } : undefined,
  });
  const found = await sfn.send(new DescribeExecutionCommand({ executionArn: running }));
  expect(found).toMatchObject({
    executionArn: running,
    stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:Rewind',
    name: 'first',
    status: 'FAILED',
    startDate: new Date(start),
    error: 'Thaw',
  });
});

test('refuses an execution that the callback does not know, and any other operation', async () => {
  const { sfn } = await rehearsedAccount();
  const unknown = sfn.send(new DescribeExecutionCommand({ executionArn: running }));
  expect(await refusalOf(unknown)).toEqual({
    name: 'ExecutionDoesNotExist',
    message: `Execution Does Not Exist: '${running}'`,
  });
  const other = sfn.send(new StartExecutionCommand({ stateMachineArn: running }));
  const { name, message } = await refusalOf(other);
  expect(name).toBe('UnknownOperationException');
  expect(message).toContain('StepFunctions.StartExecution');
});
