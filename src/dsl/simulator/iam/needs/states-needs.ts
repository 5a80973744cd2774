import { bareName } from '../../arns.ts';
import {
  type CallPlace,
  type Need,
  need,
  needAnywhere,
  needSomewhere,
  type ServiceNeeds,
  textOf,
} from '../need.ts';

/** Actions without resources. Source: Service Authorization Reference, "AWS Step Functions". */
const ON_NOTHING = new Set(['ListActivities', 'ListStateMachines', 'ValidateStateMachineDefinition']);

/** The use of state machines and executions. */
export const statesNeeds: ServiceNeeds = (action, args, place) => {
  const name = `states:${action}`;
  if (ON_NOTHING.has(action)) return [needAnywhere(name)];
  const execution = textOf(args.ExecutionArn) ?? textOf(args.executionArn);
  if (execution !== undefined) return [need(name, execution)];
  const machine = textOf(args.StateMachineArn);
  if (machine === undefined) return [needSomewhere(name)];
  return [onMachine(name, machine, place)];
};

/**
 * A version or an alias is allowed by the machine's own ARN; a condition may name it. Source: "Authorization for versions
 * and aliases in Step Functions workflows".
 */
function onMachine(action: string, given: string, { region, account }: CallPlace): Need {
  const [, base, qualifier] = /^(arn:(?:[^:]*:){5}[^:]+)(?::([^:]+))?$/.exec(given) ?? [];
  const machine =
    base ?? `arn:aws:states:${region}:${account}:stateMachine:${bareName(given, 'stateMachine')}`;
  return need(action, machine, { 'states:StateMachineQualifier': qualifier ?? [] });
}

/** The rule by which Step Functions hears of the end of a child that a task waits for. */
const CHILD_EVENTS = 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule';

/**
 * What a machine's role needs when the machine is created, if it waits for children. Source: "IAM policies for calling
 * Step Functions workflows"; without it CreateStateMachine fails.
 */
export const managedRuleNeeds = ({ region, account }: CallPlace): readonly Need[] =>
  ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'].map((action) =>
    need(action, `arn:aws:events:${region}:${account}:${CHILD_EVENTS}`, {
      'events:ManagedBy': 'states.amazonaws.com',
    }),
  );

/**
 * What running the children of a distributed Map needs. The guide allows the description on `<machine>:*`, while the
 * children's own ARNs are `<machine>/<label>:<id>`: which of the two is asked for it does not say. Source: "IAM
 * policies for using Distributed Map states".
 */
export const mapRunNeeds = (place: CallPlace, label: string): readonly Need[] => [
  onMachine('states:StartExecution', place.machineArn, place),
  onChildren('states:DescribeExecution', place, label),
];

export const stopChildNeed = (place: CallPlace, label: string): Need =>
  onChildren('states:StopExecution', place, label);

/** A Map Run that is redriven redrives those of its children that failed. */
export const redriveChildNeed = ({ machineArn }: CallPlace, label: string): Need =>
  need('states:RedriveExecution', `${machineArn.replace(':stateMachine:', ':execution:')}/${label}:child`);

function onChildren(action: string, { machineArn }: CallPlace, label: string): Need {
  const executions = machineArn.replace(':stateMachine:', ':execution:');
  return { action, anyOf: [`${executions}/${label}:child`, `${executions}:child`] };
}
