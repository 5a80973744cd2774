import type { MachineType } from '../../src/dsl/simulator/arns.ts';

/** A definition that CreateStateMachine refuses for one reason. */
export interface RefusedDefinition {
  readonly what: string;
  readonly definition: object;
  /** Default STANDARD. */
  readonly type?: MachineType;
  readonly awsCode: string;
  readonly message: string;
  readonly place: string;
  /** The finding of `rewind check`. */
  readonly code: string;
}

const end = { Type: 'Pass', End: true };
const only = (state: object, more: object = {}) => ({
  ...more,
  StartAt: 'A',
  States: { A: { ...end, ...state } },
});
const jsonata = { QueryLanguage: 'JSONata' };
const publish = {
  Type: 'Task',
  Resource: 'arn:aws:states:::sns:publish.waitForTaskToken',
  Parameters: { 'Message.$': '$$.Task.Token' },
};
const branch = (name: string, state: object = {}) => ({
  StartAt: name,
  States: { [name]: { ...end, ...state } },
});
const schema = 'SCHEMA_VALIDATION_FAILED';

/** The words of Step Functions where they are known: seen on AWS in localstack/localstack#12487 and floci-io/floci#2786. */
export const refusedDefinitions: readonly RefusedDefinition[] = [
  {
    what: 'Next beside End',
    definition: { StartAt: 'A', States: { A: { ...end, Next: 'B' }, B: end } },
    awsCode: schema,
    message: 'There should only be one of the following fields: [Next, End]',
    place: '/States/A',
    code: 'conflicting-fields',
  },
  {
    what: 'a state that nothing leads to',
    definition: { StartAt: 'A', States: { A: end, C: end } },
    awsCode: 'MISSING_TRANSITION_TARGET',
    message: 'State "C" is not reachable.',
    place: '/States/C',
    code: 'unreachable-state',
  },
  {
    what: 'a Next to a state that is not there',
    definition: { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, C: end } },
    awsCode: 'MISSING_TRANSITION_TARGET',
    message: "Missing 'Next' target: B",
    place: '/States/A/Next',
    code: 'missing-target',
  },
  {
    what: 'no state that ends it',
    definition: { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'A' } } },
    awsCode: 'MISSING_END_STATE',
    message: 'Workflow has no terminal state',
    place: '/',
    code: 'missing-end',
  },
  {
    what: 'the name of a state twice',
    definition: only({ Type: 'Parallel', Branches: [branch('In'), branch('In')] }),
    awsCode: 'DUPLICATE_STATE_NAME',
    message: 'Duplicate State name: In',
    place: '/States/A/Branches[1]/States/In',
    code: 'duplicate-name',
  },
  {
    what: 'a variable with an illegal name',
    definition: only({ Assign: { '1st': 1 } }),
    awsCode: schema,
    message: "'1st' cannot be the name of a variable",
    place: '/States/A/Assign/1st',
    code: 'bad-variable-name',
  },
  {
    what: 'a variable named states',
    definition: only({ Assign: { states: 1 } }, jsonata),
    awsCode: schema,
    message: "'states' is Step Functions' own variable",
    place: '/States/A/Assign/states',
    code: 'bad-variable-name',
  },
  {
    what: 'a branch that sets a variable around it',
    definition: only({
      Type: 'Parallel',
      Assign: { v: 1 },
      Branches: [{ StartAt: 'In', States: { In: { ...end, Assign: { v: 2 } } } }],
    }),
    awsCode: 'DUPLICATE_VARIABLE_NAME',
    message: '$v is a variable of a scope around, which an inner one cannot set',
    place: '/States/A/Branches[0]/States/In/Assign/v',
    code: 'shadowed-variable',
  },
  {
    what: 'a heartbeat that is not below the timeout',
    definition: only({ ...publish, TimeoutSeconds: 5, HeartbeatSeconds: 5 }),
    awsCode: schema,
    message: 'HeartbeatSeconds (5) is not below TimeoutSeconds (5)',
    place: '/States/A/HeartbeatSeconds',
    code: 'heartbeat-over-timeout',
  },
  {
    what: 'a Catch of a state that has none',
    definition: only({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'A' }] }),
    awsCode: schema,
    message: "Field 'Catch' is not supported",
    place: '/States/A/Catch',
    code: 'unknown-field',
  },
  {
    what: 'a wait for too long',
    definition: only({ Type: 'Wait', Seconds: 10 ** 10 }),
    awsCode: schema,
    message: 'Maximum value is 99999999',
    place: '/States/A/Seconds',
    code: 'out-of-range',
  },
  {
    what: 'JSONPath in a machine of JSONata',
    definition: only({ QueryLanguage: 'JSONPath' }, jsonata),
    awsCode: schema,
    message: "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
    place: '/States/A',
    code: 'language-downgrade',
  },
  {
    what: 'an expression that reads a name from nothing',
    definition: only({ Output: '{% phone %}' }, jsonata),
    awsCode: 'UNSUPPORTED_JSONATA_EXPRESSION',
    message: "'phone' has nothing to be read from",
    place: '/States/A/Output',
    code: 'no-context',
  },
  {
    what: 'an Express execution that waits for a token',
    definition: only(publish),
    type: 'EXPRESS',
    awsCode: schema,
    message: "Express state machine does not support '.waitForTaskToken' service integration ",
    place: '/States/A/Resource',
    code: 'not-in-express',
  },
];
