import { expect, it } from 'vitest';
import { exportedNames, verbs } from './public-surface.ts';

// The reviewed list. A name that comes or goes changes what users rely on: CHANGELOG.md tells them.
const EXPORTED: readonly (readonly [group: string, values: string, types: string])[] = [
  ['Workflows and tasks', 'workflow task DefinitionError', 'Workflow Task Duration RetryPolicy'],
  ['Calls', 'awsSdk dynamodbItems events sns sqs integration', 'Call Item'],
  [
    'Beside the verbs',
    'kindOf Approval inWords csvItems jsonItems jsonLineItems listedItems context',
    'TaskToken ErrorOutput',
  ],
  ['Values', 'jsonata', 'Expression Ref Template'],
  [
    'Operators: comparison and logic',
    'atLeast atMost differs equals lessThan moreThan oneOf and exists ifElse not or orElse orIfNull',
    '',
  ],
  [
    'Operators: text',
    'concat contains endsWith join length lowercase matches padStart replace split startsWith substring substringAfter substringBefore trim uppercase parse toJson base64Decode base64Encode hash urlDecode urlEncode',
    'HashAlgorithm',
  ],
  [
    'Operators: numbers, time and chance',
    'absolute add average ceil divide floor max min multiply numberOf power remainder round subtract sum addSeconds fromMillis now toMillis random uuid',
    '',
  ],
  [
    'Operators: lists and objects',
    'every filter map some sortBy append at count distinct first flatten last list partition range reverse entries fromEntries keys lookup merge',
    '',
  ],
  [
    'Compiling',
    'compile machineText policyFromPermissions limitWarnings graphDot',
    'CompiledWorkflow Statement LimitsReport Graph',
  ],
  [
    'Amazon States Language and its checks',
    'checkMachine variableReferences checkText findingCodes',
    'Json JsonObject State StateMachine Finding CheckOptions',
  ],
  [
    'The simulator',
    'simulate startSimulation VirtualClock TaskTokens StateFailure lambdaAt SimulationError',
    'RunningExecution SimulationOptions ExecutionResult Invocation SimulatedFunction ResourceFake ObjectStore Observation',
  ],
  [
    'Permissions in the simulator',
    'RolePolicy policyFromTemplate',
    'Grant PolicyCall TemplateValues PolicyDocument PolicyStatement',
  ],
  [
    'One state alone',
    'testState testStateResponse TestStateError',
    'TestStateResult StateConfiguration StateMock TestStateRequest InspectionData',
  ],
  ['The test kit', 'testMachine machineMatchers Coverage', 'TestMachine TestSession TestRun'],
];

const VERBS =
  'run start pollUntil repeatUntil callback approval waitFor waitUntil choose match parallel forEach forEachDistributed try pointOfNoReturn fail succeed returns';

it('exports what is listed here, and nothing else', () => {
  const named = (group: string, types: boolean) =>
    exportedNames()
      .filter((one) => one.group === group && one.isType === types)
      .map(({ name }) => name)
      .join(' ');
  const groups = [...new Set(exportedNames().map(({ group }) => group))];
  expect(groups.map((group) => [group, named(group, false), named(group, true)])).toEqual(EXPORTED);
});

it('has the verbs that are listed here', () => {
  expect(
    verbs()
      .map(({ name }) => name)
      .join(' '),
  ).toBe(VERBS);
});

it('lists all that is there at run time', async () => {
  const listed = EXPORTED.flatMap(([, values]) => values.split(' ')).filter((name) => name !== '');
  expect(Object.keys(await import('../../src/dsl/index.ts')).sort()).toEqual(listed.sort());
});
