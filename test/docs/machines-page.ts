import { Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import * as z from 'zod';
import { machineStatements } from '../../infra/machine-statements.ts';
import type { Reach } from '../../infra/reach.ts';
import { taskStatements } from '../../infra/task-statements.ts';
import { tasks } from '../../infra/tasks.ts';
import { compile, type CompiledWorkflow } from '../../src/dsl/compiler/compile.ts';
import { statesOf } from '../../src/dsl/testing/states-of.ts';
import { allWorkflows } from '../../src/workflow/all-workflows.ts';

const HEAD = `# The machines, and what they may do

Every state machine and function of a recovery as it is deployed: how large it is, and what its role allows. \`npm run docs\` writes this page from the compiled workflows and \`infra/\`; the machines themselves are in [disasterRecovery/asl](../disasterRecovery/asl), a picture and a report of the limits beside each. Writing logs and traces is left out of the policies, and so is the use of the key that executions are encrypted with, if there is one (the runbook, "Encryption"); names in _italics_ stand for the ARNs that a deployment fills in. Functions are in scope by name here; what tags and stacks cost in rights is in the [runbook](../disasterRecovery/README.md#which-functions-are-frozen).

## State machines
`;

/** The size of each machine, and the statements of all roles, as markdown, before it is formatted. */
export function machinesPage(): string {
  const workflows = allWorkflows.map((workflow) => compile(workflow));
  return [
    HEAD,
    '| machine | states | definition, bytes | share of what is allowed | events of the longest history |',
    '| - | -: | -: | -: | -: |',
    ...workflows.map(sizeRow),
    '',
    'The events are those of the worst case that compiles: every loop to its last round, every map with as many items as its input may have. What an execution may have is 25,000.',
    '',
    ...workflows.flatMap((workflow) => policy(workflow.name, machineStatements(workflow, SPOKEN))),
    '## Functions',
    '',
    ...tasks.flatMap(({ taskName }) => policy(taskName, taskStatements(taskName, SPOKEN))),
  ].join('\n');
}

function sizeRow({ name, machine, limits: { definition, histories } }: CompiledWorkflow): string {
  const longest = histories.map(({ worstCase }) => worstCase).reduce(longer);
  const share = `${((definition.bytes / definition.limit) * 100).toFixed(1)} %`;
  return `| ${name} | ${statesOf(machine).size} | ${grouped(definition.bytes)} | ${share} | ${longest.toLocaleString('en-US')} |`;
}

const longer = (left: number | 'unbounded', right: number | 'unbounded') =>
  left === 'unbounded' || right === 'unbounded' ? 'unbounded' : Math.max(left, right);

const grouped = (count: number): string => count.toLocaleString('en-US');

/** Everything that a policy may speak of, in words. */
const SPOKEN: Reach = {
  ledger: '_ledger_',
  liveTables: ['_live tables_'],
  globalTables: ['_global tables of their names_'],
  ordinary: { live: ['_live tables that are not sensitive_'], keys: ['_their keys_'] },
  sensitive: { live: ['_live tables that are sensitive_'], keys: ['_their keys_'] },
  backedUpTables: ['_live tables that may be backed up_'],
  fencedTables: ['_live tables with a write fence_'],
  restoredTables: 'table/rewind-\\*',
  tableKeys: ['_keys of the live tables_'],
  ledgerKeys: ['_key of the ledger_'],
  functionsInScope: ['_functions in scope_'],
  tagsInScope: new Map(),
  everyFunction: '_every function_',
  functionsExcluded: ['_excluded functions_'],
  ownFunctions: ['_functions of this system_'],
  pausedPipes: ['_pipes that are paused_'],
  pausedRules: ['_rules that are paused_'],
  pausedSchedules: ['_schedules that are paused_'],
  scheduleRoles: ['_roles of the schedules that are paused_'],
  everyRule: 'rule/\\*',
  noticeTopic: '_topic for failures_',
  reportObjects: ['_reports in the bucket_'],
  reportKeys: ['_key of the bucket_'],
  noticeKeys: ['_key of the topic for failures_'],
  eventSourceMappings: 'event-source-mapping:\\*',
  functionOf: (task) => `function ${task}`,
  recoveries: '_executions of Rewind_',
  machine: (workflow) => `state machine ${workflow}`,
  executions: (workflow) => `_executions of ${workflow}_`,
  mapExecutions: (workflow) => `_map runs of ${workflow}_`,
  arn: (pattern) => pattern.split(':').slice(5).join(':'),
};

const Texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]);
const Statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: Texts,
  Resource: Texts,
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

/** What a role may do, with whatever has the same resources and conditions in one row. */
function policy(name: string, statements: readonly PolicyStatement[]): string[] {
  const stack = new Stack();
  const rows = new Map<string, string[]>();
  for (const statement of statements) {
    const { Effect, Action, Resource, Condition } = Statement.parse(
      stack.resolve(statement.toStatementJson()),
    );
    const conditions = Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, value]) => `\`${operator}\` \`${key}\`: ${valueInWords(value)}`),
    );
    const resources = Resource.map((resource) => (resource === '*' ? '\\*' : resource));
    const rest = `${Effect.toLowerCase()} | ${resources.join(', ')} | ${conditions.join('; ')}`;
    rows.set(rest, [...(rows.get(rest) ?? []), ...Action]);
  }
  if (rows.size === 0) return [];
  return [
    `### ${name}`,
    '',
    '| actions | effect | on | if |',
    '| - | - | - | - |',
    ...[...rows].map(
      ([rest, actions]) => `| ${actions.map((action) => `\`${action}\``).join(', ')} | ${rest} |`,
    ),
    '',
  ];
}

const Joined = z.object({
  'Fn::Join': z.tuple([
    z.string(),
    z.array(z.union([z.string(), z.object({ Ref: z.string() }).transform(({ Ref }) => `\${${Ref}}`)])),
  ]),
});

/** A condition's value as the policy has it, CloudFormation's own parameters by their names. */
function valueInWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueInWords).join(', ');
  const joined = Joined.safeParse(value);
  if (joined.success) return `\`${joined.data['Fn::Join'][1].join(joined.data['Fn::Join'][0])}\``;
  return z.string().parse(value);
}
