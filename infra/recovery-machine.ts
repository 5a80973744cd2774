import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  CustomerManagedEncryptionConfiguration,
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { CompiledWorkflow } from '../src/dsl/compiler/compile.ts';
import { tasksCalled, workflowsCalled } from './called-names.ts';
import { machineStatements } from './machine-statements.ts';
import type { Reach } from './reach.ts';

export interface RecoveryMachineProps {
  readonly workflow: CompiledWorkflow;
  readonly machineName: string;
  /** ARNs of the functions and state machines deployed so far, by task and workflow name. */
  readonly deployed: ReadonlyMap<string, string>;
  readonly reach: Reach;
  readonly logs: LogGroup;
  /** What the definition and the executions' data are encrypted with; undefined for a key that AWS owns. */
  readonly encryptionKey: IKey | undefined;
}

/** The state machine of one compiled workflow. Its role allows what the workflow's steps need. */
export class RecoveryMachine extends Construct {
  readonly machine: StateMachine;

  /** @throws Error when the workflow calls a task or workflow that is not among those deployed. */
  constructor(scope: Construct, id: string, props: RecoveryMachineProps) {
    super(scope, id);
    const { workflow, machineName, reach, logs, encryptionKey } = props;
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      description: `Rewind: what the steps of ${workflow.name} may do`,
    });
    const statements = [
      ...machineStatements(workflow, reach),
      ...readChildren(props),
      ...encryptMapRuns(props),
    ];
    statements.forEach((statement) => role.addToPolicy(statement));
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: machineName,
      stateMachineType: StateMachineType.STANDARD,
      comment: workflow.machine.Comment ?? workflow.name,
      definitionBody: DefinitionBody.fromString(JSON.stringify(workflow.machine)),
      definitionSubstitutions: substitutions(props),
      role,
      // Every transition, but no input or output: what data there is stays out of the logs.
      logs: { destination: logs, level: LogLevel.ALL, includeExecutionData: false },
      tracingEnabled: true,
      // With it comes, by CDK, what the role and the key's policy need for the machine itself and for its logs.
      ...(encryptionKey === undefined
        ? {}
        : { encryptionConfiguration: new CustomerManagedEncryptionConfiguration(encryptionKey) }),
    });
  }
}

/**
 * To wait for a child is to describe its execution, whose output its own machine has encrypted (Step Functions guide,
 * "Data at rest encryption", "Required permissions for API callers"). To start it needs no key.
 */
function readChildren({ workflow, reach, encryptionKey }: RecoveryMachineProps): PolicyStatement[] {
  const children = workflowsCalled(workflow).map((child) => reach.machine(child));
  if (encryptionKey === undefined || children.length === 0) return [];
  return [
    new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [encryptionKey.keyArn],
      conditions: { StringEquals: { 'kms:EncryptionContext:aws:states:stateMachineArn': children } },
    }),
  ];
}

/**
 * What a distributed map starts are executions of the state machine `name/label` (Step Functions guide, "Map Run").
 * Whether their data are encrypted under that name or the machine's, for which CDK provides, AWS does not say: both may.
 */
function encryptMapRuns({ workflow, reach, encryptionKey }: RecoveryMachineProps): PolicyStatement[] {
  const hasMapRuns = workflow.permissions.some(({ resources }) =>
    resources.some(({ kind }) => kind === 'mapExecutions'),
  );
  if (encryptionKey === undefined || !hasMapRuns) return [];
  return [
    new PolicyStatement({
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [encryptionKey.keyArn],
      conditions: {
        StringLike: {
          'kms:EncryptionContext:aws:states:stateMachineArn': `${reach.machine(workflow.name)}/*`,
        },
      },
    }),
  ];
}

/** What each `${Name}` of the definition stands for. */
function substitutions({ workflow, deployed }: RecoveryMachineProps): Record<string, string> {
  return Object.fromEntries(
    [...tasksCalled(workflow), ...workflowsCalled(workflow)].map((name) => {
      const arn = deployed.get(name);
      if (arn === undefined)
        throw new Error(
          `${workflow.name}: calls ${name}, which is not deployed; add the task to src/tasks/index.ts, or the ` +
            'workflow to src/workflow/all-workflows.ts',
        );
      return [name, arn];
    }),
  );
}
