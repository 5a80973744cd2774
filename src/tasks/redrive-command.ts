/** What a person types to let an execution that has failed go on where it failed (Step Functions, RedriveExecution). */
export const redriveCommand = (executionArn: string): string =>
  `aws stepfunctions redrive-execution --execution-arn ${executionArn}`;
