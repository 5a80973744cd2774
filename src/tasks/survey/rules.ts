import {
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Rule,
} from '@aws-sdk/client-eventbridge';
import type { Environment } from '../handler.ts';
import { functionOfArn } from '../lambda-control/function-of-arn.ts';
import type { FunctionInScope } from '../lambda-control/functions-in-scope.ts';
import { outOfTime } from '../lambda-control/out-of-time.ts';
import { ControlCalls } from '../pacing/control-calls.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import { shortList } from '../short-list.ts';
import { placeText } from '../switches/pause.ts';
import { RULE_CALLS_PER_SECOND, RULE_PASSING_ERRORS } from '../switches/rule-switches.ts';
import { listAll, type Listed, PAGE } from './list-all.ts';

/** Of as many rules the targets are asked for: 100 seconds at the pace of the calls. */
const MOST_RULES = 2000;
const AT_ONCE = 8;

/** A rule of EventBridge that is on. */
export interface EnabledRule {
  /** `bus/name`. */
  readonly id: string;
  /** Whether it starts its targets by schedule. */
  readonly scheduled: boolean;
  /** ARNs. */
  readonly targets: readonly string[];
}

/**
 * The rules of all event buses that are on, with their targets. One asks by rule, not by function: a function has an
 * ARN for each version and alias, and a rule may have other targets too. What AWS services manage is left out.
 */
export async function enabledRules(environment: Environment<'events'>): Promise<Listed<EnabledRule>> {
  const { events } = environment;
  const calls = new ControlCalls(environment, {
    perSecond: RULE_CALLS_PER_SECOND,
    passing: RULE_PASSING_ERRORS,
    allowChange: async () => {},
  });
  const buses = await listAll(async (NextToken) => {
    const asked = new ListEventBusesCommand({ Limit: PAGE, NextToken });
    const { EventBuses = [], NextToken: next } = await calls.read(() => events.send(asked));
    return { entries: EventBuses, ...(next === undefined ? {} : { next }) };
  }, environment);
  const rules: Rule[] = [];
  let complete = buses.complete;
  for (const { Name: EventBusName } of buses.entries) {
    const listed = await listAll(async (NextToken) => {
      const asked = new ListRulesCommand({ EventBusName, Limit: PAGE, NextToken });
      const { Rules = [], NextToken: next } = await calls.read(() => events.send(asked));
      return { entries: Rules, ...(next === undefined ? {} : { next }) };
    }, environment);
    rules.push(...listed.entries.map((rule) => ({ ...rule, EventBusName })).filter(isOn));
    complete &&= listed.complete;
  }
  const looked = await inParallel(rules.slice(0, MOST_RULES), AT_ONCE, async (rule) => {
    if (outOfTime(environment)) return undefined;
    const { Name = '', EventBusName = '', ScheduleExpression } = rule;
    const asked = new ListTargetsByRuleCommand({ Rule: Name, EventBusName, Limit: PAGE });
    const { Targets = [] } = await calls.read(() => events.send(asked));
    return {
      id: placeText({ within: EventBusName, name: Name }),
      scheduled: ScheduleExpression !== undefined,
      targets: Targets.map(({ Arn = '' }) => Arn),
    };
  });
  const entries = looked.filter((rule) => rule !== undefined);
  return { entries, complete: complete && entries.length === rules.length };
}

const isOn = ({ State, ManagedBy }: Rule): boolean => State !== 'DISABLED' && ManagedBy === undefined;

/** The rules that start a function in scope, by schedule or not. */
export function rulesOfScope(
  rules: readonly EnabledRule[],
  scope: readonly FunctionInScope[],
): { readonly scheduled: string[]; readonly others: string[] } {
  const names = new Set(scope.map(({ name }) => name));
  const starting = rules.filter(({ targets }) => targets.some((arn) => names.has(functionOfArn(arn))));
  const ids = (scheduled: boolean) =>
    starting.filter((rule) => rule.scheduled === scheduled).map(({ id }) => id);
  return { scheduled: ids(true), others: ids(false) };
}

/** Targets that may write by themselves, by the service in their ARN. */
const WRITERS: Readonly<Record<string, string>> = {
  states: 'Step Functions',
  ecs: 'ECS',
  batch: 'Batch',
  glue: 'Glue',
  codebuild: 'CodeBuild',
  ssm: 'Systems Manager',
  appsync: 'AppSync',
  'execute-api': 'API Gateway',
};

function writerOf(arn: string): string | undefined {
  const [, , service = '', , , resource = ''] = arn.split(':');
  return service === 'events' && resource.startsWith('api-destination/')
    ? 'API destinations'
    : WRITERS[service];
}

/** Which rules start what is stopped or lost meanwhile, and which start what no freeze of functions stops. */
export function ruleWarnings(
  rules: readonly EnabledRule[],
  { scheduled, others }: ReturnType<typeof rulesOfScope>,
): string[] {
  const writing = rules
    .map(({ id, targets }) => ({ id, writers: targets.map(writerOf).filter((one) => one !== undefined) }))
    .filter(({ writers }) => writers.length > 0);
  const warnings: string[] = [];
  if (scheduled.length > 0)
    warnings.push(
      `functions: the scheduled rules ${shortList(scheduled)} (EventBridge) start functions in scope: what they start ` +
        'during the freeze is missed or late',
    );
  if (others.length > 0)
    warnings.push(
      `functions: the rules ${shortList(others)} (EventBridge) start functions in scope: Lambda keeps what they start ` +
        'during the freeze for six hours at most',
    );
  if (writing.length > 0)
    warnings.push(
      `tables: the rules ${shortList(writing.map(({ id }) => id))} (EventBridge) start what no freeze of functions ` +
        `stops (${shortList(writing.flatMap(({ writers }) => writers))}); disable whichever of them leads to a writer`,
    );
  return warnings;
}
