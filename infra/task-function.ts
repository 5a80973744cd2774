import { Duration } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { seconds } from '../src/dsl/authoring/duration.ts';
import type { Task } from '../src/dsl/authoring/task.ts';
import { allow, type Reach } from './reach.ts';
import { taskCode } from './task-code.ts';
import { taskMemory } from './task-memory.ts';
import { taskStatements } from './task-statements.ts';

export interface TaskFunctionProps {
  readonly task: Task;
  readonly functionName: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly reach: Reach;
  readonly logs: LogGroup;
  readonly reservedConcurrency: number | undefined;
}

/** The Lambda function of one task, with a role of its own that allows what its handler does and no more. */
export class TaskFunction extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: TaskFunctionProps) {
    super(scope, id);
    const { task, functionName, environment, reach, logs, reservedConcurrency } = props;
    const { taskName, definition } = task;
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Rewind: what ${taskName} may do`,
    });
    const statements = [
      ...taskStatements(taskName, reach),
      ...allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logs.logGroupArn]),
    ];
    statements.forEach((statement) => role.addToPolicy(statement));
    this.function = new LambdaFunction(this, 'Function', {
      functionName,
      description: `Rewind: ${taskName}`,
      code: taskCode(taskName),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: taskMemory(taskName),
      timeout: Duration.seconds(seconds(definition.timeout)),
      environment: { ...environment },
      role,
      logGroup: logs,
      loggingFormat: LoggingFormat.TEXT,
      tracing: Tracing.ACTIVE,
      ...(reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: reservedConcurrency }),
    });
  }
}
