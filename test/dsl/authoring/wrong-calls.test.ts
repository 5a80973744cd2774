import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { DefinitionError } from '../../../src/dsl/ast/definition-error.ts';
import { dynamodbItems } from '../../../src/dsl/authoring/integrations/dynamodb-items.ts';
import { integration } from '../../../src/dsl/authoring/integrations/integration.ts';
import { sns } from '../../../src/dsl/authoring/integrations/sns.ts';
import { sqs } from '../../../src/dsl/authoring/integrations/sqs.ts';
import { csvItems, jsonItems } from '../../../src/dsl/authoring/item-source.ts';
import { awsSdk } from '../../../src/dsl/authoring/sdk.ts';
import { task } from '../../../src/dsl/authoring/task.ts';
import { workflow } from '../../../src/dsl/authoring/workflow.ts';
import { compile } from '../../../src/dsl/compiler/compile.ts';
import { equals } from '../../../src/dsl/expression/comparison.ts';

/** A function as plain JavaScript sees it: it takes anything. */
type Open = (...given: unknown[]) => OpenFlow;
interface OpenFlow {
  readonly [verb: string]: Open;
}
const open = (given: unknown) => given as Open;
type Known = Readonly<Record<string, { readonly n: number; readonly list: unknown }>>;

const shape = { input: z.strictObject({ n: z.number() }), output: z.strictObject({ n: z.number() }) };
const echo = task('Echo', { ...shape, errors: ['Busy'], timeout: '1 minute' });
const made = () => echo({ n: 1 });
const begin = () =>
  workflow('Subject', {
    input: z.object({ n: z.number(), list: z.array(z.number()) }),
    output: z.strictObject({ n: z.number(), more: z.strictObject({ a: z.number() }).optional() }),
    errors: ['Broken'],
    timeout: '1 day',
  }) as unknown as OpenFlow;
const child = workflow('Child', { ...shape, timeout: '1 hour' }).returns(({ input }) => input);
const holds = ({ input }: Known) => equals(input?.n as never, 1 as never);
const way = (flow: OpenFlow) => flow;
const poll = { until: holds, every: '1 second', giveUpAfter: '1 minute' };
const loop = { of: ({ input }: Known) => input?.list, as: 'item', atOnce: 1, do: way };
const run = (options: unknown) => () => begin()['run']?.('a', made, options);
const on =
  (verb: string, ...given: unknown[]) =>
  () =>
    begin()[verb]?.(...given);
const inside = (body: (flow: OpenFlow) => unknown) => on('parallel', 'p', { left: body });
const dynamodb = open(awsSdk)('dynamodb') as unknown as { describeTable: Open };

const cases: Readonly<Record<string, readonly [wrong: () => unknown, message: string]>> = {
  // Workflows and tasks.
  'workflow without a name': [() => open(workflow)(), "a workflow's name stands as"],
  'workflow without options': [
    () => open(workflow)('X'),
    'X: options are an object, got undefined; write { input',
  ],
  'workflow without an input': [
    () => open(workflow)('X', { output: z.object({}), timeout: '1 day' }),
    'X › input: a zod schema is wanted, got undefined;',
  ],
  'a plain object as a schema': [
    () => open(workflow)('X', { ...shape, timeout: '1 day', input: { a: z.string() } }),
    'X › input: a zod schema is wanted, got an object; write for example z.object(',
  ],
  'a timeout in numbers': [
    () => open(workflow)('X', { ...shape, timeout: 60 }),
    'X › timeout: a duration must be a positive whole number of seconds, got 60; write',
  ],
  'errors that are no list': [
    () => open(workflow)('X', { ...shape, timeout: '1 day', errors: 'E' }),
    "X: errors must be a list of names, got 'E'; write",
  ],
  'a task without a definition': [() => open(task)('X'), 'X: options are an object, got undefined;'],
  'a task without a timeout': [
    () => open(task)('X', { ...shape, errors: [] }),
    'X › timeout: a duration must be',
  ],
  'a task without errors': [
    () => open(task)('X', { ...shape, timeout: '1 minute' }),
    'X: errors must be a list of names, got undefined;',
  ],

  // A call.
  'run without anything': [on('run'), "Subject: a step's name is a text, got undefined; give"],
  'run with a number for a name': [on('run', 5, made), "Subject: a step's name is a text, got 5; give"],
  'run without a call': [
    on('run', 'a'),
    'Subject › a: the call must be a function of what is known here, got undefined; write',
  ],
  'a call that was made already': [
    on('run', 'a', made()),
    'Subject › a: the call must be a function of what is known here, got a call; write',
  ],
  'a call in braces without return': [
    on('run', 'a', () => undefined),
    'Subject › a: the call must give what a task, a workflow or an AWS action makes, got undefined; write',
  ],
  'the task itself': [on('run', 'a', () => echo), 'got what makes the call, uncalled; write'],
  'an async callback': [
    on('run', 'a', async () => made()),
    'Subject › a: the call runs once, when the workflow is defined, got a promise; leave async and await out',
  ],
  'a task without arguments': [
    on('run', 'a', () => open(echo)()),
    'Subject › a: Echo must be JSON or a reference, got undefined;',
  ],
  'a child without arguments': [
    on('run', 'a', () => open(child)()),
    'Subject › a: Child must be JSON or a reference, got undefined;',
  ],
  'a name that is not known': [
    on('run', 'a', ({ nope }: Known) => open(echo)({ n: nope })),
    "Subject › a: known here is input, got 'nope'; use what is known, or add a step of that name before",
  ],
  'an argument that the task does not have': [
    on('run', 'a', () => open(echo)({ n: 1, m: 2 })),
    "Subject › a: Echo.m: the schema allows only n, got 'm'; leave it out, or add it to the schema",
  ],
  "an execution's name that cannot be one": [
    on('run', 'a', () => open(child)({ n: 1 }, { name: 'x y' })),
    "Subject › a: Child: an execution's name has up to 80 letters, digits, - and _, got 'x y'; change it",
  ],
  'starting an action of a service': [
    on('start', 'a', () => dynamodb.describeTable({ TableName: 't' })),
    'Subject › a: only a task or a workflow can be started',
  ],

  // Options of a call.
  'no object as options': [
    run(null),
    'Subject › a: options are an object, got null; write { retry, timeout, role, recover, undo }',
  ],
  'an option that is misspelt': [
    run({ retyr: 'none' }),
    "Subject › a: the options are retry, timeout, role, recover, undo, got 'retyr'; write 'retry'",
  ],
  'an option like no other': [run({ priority: 1 }), "got 'priority'; leave it out"],
  'retry in a word': [
    run({ retry: 'never' }),
    "Subject › a: retry must be a list of policies or 'none', got 'never'; write",
  ],
  'retry that is no list': [
    run({ retry: { errors: ['Busy'] } }),
    "Subject › a: retry must be a list of policies or 'none', got an object; write",
  ],
  'a retry without errors': [
    run({ retry: [{}] }),
    'Subject › a › retry: errors must be a list of names, got undefined; write',
  ],
  'a retry with attempts as text': [
    run({ retry: [{ errors: ['Busy'], maxAttempts: '3' }] }),
    "maxAttempts must be a whole number from 0 to 99999999, got '3'; change it",
  ],
  'recover without errors': [
    run({ recover: { value: () => 1 } }),
    'Subject › a › recover: errors must be a list of names, got undefined;',
  ],
  'recover without a value': [
    run({ recover: { errors: ['Busy'] } }),
    'Subject › a › recover: value must be a function of what is known here, got undefined;',
  ],
  'recover with undefined': [
    run({ recover: { errors: ['Busy'], value: () => undefined } }),
    'Subject › a › recover',
  ],
  'a timeout of a call in numbers': [
    run({ timeout: 5 }),
    'Subject › a › timeout: a duration must be a positive whole number of seconds, got 5;',
  ],
  'an undo that was made already': [
    run({ undo: made() }),
    'Subject › a › undo: the call must be a function of what is known here, got a call;',
  ],
  'an undo that gives nothing': [
    run({ undo: () => undefined }),
    'Subject › a › undo: the call must give what a task',
  ],
  'an undo with retries and no call': [
    run({ undo: { retry: 'none' } }),
    'Subject › a › undo: the call must be a function of what is known here, got undefined;',
  ],

  // Verbs that repeat and wait.
  'pollUntil without options': [
    on('pollUntil', 'a', made),
    'Subject › a: options are an object, got undefined; write { retry, timeout, role, recover, until',
  ],
  'pollUntil without until': [
    on('pollUntil', 'a', made, { ...poll, until: undefined }),
    'Subject › a: until must be a function of what is known here, got undefined;',
  ],
  'until that is true': [
    on('pollUntil', 'a', made, { ...poll, until: () => true }),
    'Subject › a: until must give a condition of the language, got true; JavaScript decides its operators when the workflow is defined: use equals(), lessThan(), not()',
  ],
  'failWhen that is nothing': [
    on('pollUntil', 'a', made, { ...poll, failWhen: () => undefined }),
    'Subject › a: failWhen must give a condition of the language, got undefined;',
  ],
  'until of an undefined value': [
    on('pollUntil', 'a', made, { ...poll, until: () => open(equals)(undefined, 1) }),
    'Subject › a: ',
  ],
  'pollUntil without every': [
    on('pollUntil', 'a', made, { ...poll, every: undefined }),
    'Subject › a › every: a duration must be a positive whole number of seconds, got undefined;',
  ],
  'repeatUntil without options': [
    on('repeatUntil', 'a', made),
    'Subject › a: options are an object, got undefined;',
  ],
  'a cursor without next': [
    on('repeatUntil', 'a', made, { until: holds, atMost: 3, cursor: { schema: z.number(), first: 1 } }),
    'Subject › a: next must be a function of what is known here, got undefined;',
  ],
  'callback without an answer': [
    on('callback', 'a', made, { giveUpAfter: '1 hour' }),
    'Subject › a › answer: a zod schema is wanted, got undefined;',
  ],
  'approval without options': [
    on('approval', 'a', made),
    'Subject › a: options are an object, got undefined; write { retry, giveUpAfter }',
  ],
  'waitFor without anything': [on('waitFor'), "Subject: a step's name is a text, got undefined;"],
  'waitFor with a number': [
    on('waitFor', 'x', 5),
    'Subject › x: a duration must be a positive whole number of seconds, got 5;',
  ],
  'waitFor for less than nothing': [
    on('waitFor', 'x', () => -1),
    'Subject › x: a wait is for a whole number of seconds, 0 or more, got -1; change it',
  ],
  'waitFor with a text that a callback gives': [
    on('waitFor', 'x', () => '5'),
    "Subject › x: a wait is for a whole number of seconds, 0 or more, got '5'; change it",
  ],
  'waitUntil with a Date': [
    on('waitUntil', 'x', new Date()),
    'Subject › x: a time is ISO 8601 text with its offset, got an object; write',
  ],
  'waitUntil with no such day': [
    on('waitUntil', 'x', '2026-99-99T99:99:99Z'),
    "Subject › x: a time is ISO 8601 text with its offset, got '2026-99-99T99:99:99Z'; write",
  ],

  // Verbs that part the flow.
  'choose without ways': [
    on('choose', 'c'),
    'Subject › c: the ways must be a function that adds them, got undefined;',
  ],
  'choose that gives nothing': [
    on('choose', 'c', () => undefined),
    'Subject › c: the function must give back the ways that it made, got undefined;',
  ],
  'when without a body': [
    on('choose', 'c', (ways: OpenFlow) => ways['when']?.('x', holds)),
    'Subject › c › x: the way must be a function that adds steps to the flow that it gets, got undefined;',
  ],
  'when with a body in braces': [
    on('choose', 'c', (ways: OpenFlow) => ways['when']?.('x', holds, () => undefined)),
    'Subject › c › x: the way must give back the flow that it made, got undefined;',
  ],
  'when without a label': [
    on('choose', 'c', (ways: OpenFlow) => ways['when']?.(holds, way)),
    'Subject › c: a way begins with its label, got a function;',
  ],
  'when with ===': [
    on('choose', 'c', (ways: OpenFlow) => ways['when']?.('x', ({ input }: Known) => input?.n === 1, way)),
    'Subject › c › x: the condition must give a condition of the language, got false; JavaScript decides its operators when the workflow is defined: use equals(), lessThan(), not()',
  ],
  'match without ways': [
    on('match', 'm', ({ input }: Known) => input?.n),
    'Subject › m: match has no way to go;',
  ],
  'match on a text': [
    on('match', 'm', 'x', { x: way }),
    "Subject › m: the value must be a function of what is known here, got 'x';",
  ],
  'match on what is known already': [
    on('match', 'm', () => 'x', { x: way }),
    "Subject › m: match needs a value that is known when the machine runs, got 'x';",
  ],
  'match with a way that is none': [
    on('match', 'm', ({ input }: Known) => input?.n, { a: 1 }),
    'Subject › m › a: the way must be a function',
  ],
  'parallel without branches': [
    on('parallel', 'p'),
    'Subject › p: the branches are an object, got undefined;',
  ],
  'parallel with a list': [
    on('parallel', 'p', [way]),
    'Subject › p: the branches are an object, got a list;',
  ],
  'a branch that is a call': [
    on('parallel', 'p', { left: made() }),
    'Subject › p › left: the branch must be a function that adds steps to the flow that it gets, got a call;',
  ],
  'a branch that gives a call': [
    inside(made),
    'Subject › p › left: the branch must give back the flow that it made, got a call;',
  ],
  'a branch that gives a flow from elsewhere': [
    inside(() => begin()['run']?.('b', made)),
    "Subject › p › left: the branch must give back what grows from the flow that it gets, got one that began at 'Subject';",
  ],

  // Loops.
  'forEach without options': [on('forEach', 'l'), 'Subject › l: options are an object, got undefined;'],
  'forEach without of': [
    on('forEach', 'l', { ...loop, of: undefined }),
    'Subject › l: of must be a function of what is known here, got undefined;',
  ],
  'forEach over no list': [
    on('forEach', 'l', { ...loop, of: () => 'abc' }),
    "Subject › l: of must give a list, got 'abc';",
  ],
  'forEach over a file': [
    on('forEach', 'l', { ...loop, of: () => csvItems({ Bucket: 'b', Key: 'k' }) }),
    'Subject › l: only a distributed loop reads its items from S3, got getObject; use forEachDistributed',
  ],
  'forEach without as': [
    on('forEach', 'l', { ...loop, as: undefined }),
    "Subject › l: 'as' must be the name of an element, got undefined;",
  ],
  'forEach without do': [
    on('forEach', 'l', { ...loop, do: undefined }),
    'Subject › l: do must be a function that adds steps to the flow that it gets, got undefined;',
  ],
  'forEach without atOnce': [
    on('forEach', 'l', { ...loop, atOnce: undefined }),
    'Subject › l: atOnce must be a whole number from 1 to 40, got undefined;',
  ],
  'forEach with a batch': [
    on('forEach', 'l', { ...loop, batch: { items: 2 } }),
    "Subject › l: the options are of, as, atOnce, do, retry, got 'batch';",
  ],
  'an empty batch': [
    on('forEachDistributed', 'l', { ...loop, batch: {} }),
    'Subject › l › batch: say items or bytes, or both, got neither;',
  ],
  'tolerating nothing said': [
    on('forEachDistributed', 'l', { ...loop, tolerate: {} }),
    'Subject › l › tolerate: say failures or percentage, one of them, got neither;',
  ],
  'tolerating a number': [
    on('forEachDistributed', 'l', { ...loop, tolerate: 5 }),
    'Subject › l › tolerate: options are an object, got 5;',
  ],
  'results that are no function': [
    on('forEachDistributed', 'l', { ...loop, results: { Bucket: 'b', Prefix: 'p' } }),
    'Subject › l: results must be a function of what is known here, got an object;',
  ],

  // Tries and ends.
  'try without parts': [
    on('try', 't'),
    'Subject › t: options are an object, got undefined; write { do, catch, otherwise, finally }',
  ],
  'try without do': [
    on('try', 't', { otherwise: way }),
    'Subject › t: do must be a function that adds steps to the flow that it gets, got undefined;',
  ],
  'catch that is a function': [
    on('try', 't', { do: way, catch: way }),
    'Subject › t: catch must be an object of clauses by error, got a function;',
  ],
  'a clause that is none': [
    on('try', 't', { do: way, catch: { Busy: 1 } }),
    'Subject › t › Busy: its clause must be a function',
  ],
  'finally that gives nothing': [
    on('try', 't', { do: way, finally: () => undefined }),
    'Subject › t › finally: finally must give back the flow that it made, got undefined;',
  ],
  'fail at the top': [
    on('fail', 'f', 'Broken', () => 'why'),
    'Subject › f: a workflow cannot only fail, got a fail in its own sequence; put it into a way',
  ],
  'fail with a text': [
    inside((flow) => flow['fail']?.('f', 'Broken', 'why')),
    "Subject › p › left › f: the cause must be a function of what is known here, got 'why';",
  ],
  'fail with what is not declared': [
    inside((flow) => flow['fail']?.('f', 'Nope', () => 'why')),
    "Subject › p › left › f: the workflow does not declare the error 'Nope';",
  ],
  'succeed at the top': [
    on('succeed', 's', () => ({ n: 1 })),
    'Subject › s: at its end a workflow says returns(), got a succeed;',
  ],
  'succeed in a branch': [
    inside((flow) => flow['succeed']?.('s', () => ({ n: 1 }))),
    'Subject › p › left › s: only the workflow can succeed, got a succeed in a branch or a loop;',
  ],
  'a point of no return in a branch': [
    inside((flow) => flow['pointOfNoReturn']?.({ failures: 'endInWords' })),
    "Subject › p › left: a point of no return stands in the workflow's own sequence, got one in a branch;",
  ],
  'a point of no return in a way': [
    on('choose', 'c', (ways: OpenFlow) =>
      ways['otherwise']?.((flow: OpenFlow) => flow['pointOfNoReturn']?.({ failures: 'endInWords' })),
    ),
    "Subject › c › otherwise: a point of no return stands in the workflow's own sequence, got one in a way;",
  ],
  'returns without anything': [
    on('returns'),
    'Subject › returns: the result must be a function of what is known here, got undefined;',
  ],
  'returns of a value': [
    on('returns', { n: 1 }),
    'Subject › returns: the result must be a function of what is known here, got an object;',
  ],
  'returns of undefined': [
    on('returns', () => undefined),
    'Subject › returns must be JSON or a reference, got undefined;',
  ],
  'returns of a promise': [
    on('returns', async () => ({ n: 1 })),
    'Subject › returns: the result runs once, when the workflow is defined, got a promise;',
  ],
  'returns of data without an end': [
    on('returns', () => {
      const more: { a?: unknown } = {};
      more.a = { b: [more] };
      return { n: 1, more };
    }),
    'Subject › returns.more.a.b[0] is what it stands in, got data that has no end; leave it out',
  ],
  'an element by its index': [
    on('returns', ({ input }: { readonly input: { readonly list: readonly unknown[] } }) => input.list[0]),
    "Subject › returns: input.list is a reference, not a value, and has no [0]; read an element with at(…, 0), a field of that name with lookup(…, '0')",
  ],
  'returns of more than the output has': [
    on('returns', () => ({ n: 1, extra: 2 })),
    "Subject › returns.extra: the schema allows only n, more, got 'extra';",
  ],
  'returns of more in a part of it': [
    on('returns', () => ({ n: 1, more: { a: 1, b: 2 } })),
    "Subject › returns.more.b: the schema allows only a, got 'b';",
  ],

  // What is compiled.
  'compile of a workflow that goes on': [
    () => open(compile)(begin()),
    'compile(): the workflow has no returns() yet; say what it returns, and compile what that gives',
  ],
  'compile of a task': [
    () => open(compile)(echo),
    'compile(): a finished workflow is wanted, got a task; give what workflow(…) … .returns(…) makes',
  ],
  'compile of an object': [() => open(compile)({}), 'a finished workflow is wanted, got object;'],
  'compile of nothing': [() => open(compile)(), 'a finished workflow is wanted, got undefined;'],

  // Calls of services.
  'an item without a request': [
    on('run', 'a', () => open(dynamodbItems.getItem)()),
    'Subject › a: dynamodb:getItem must be JSON or a reference, got undefined;',
  ],
  'a message without a request': [
    on('run', 'a', () => open(sns.publish)()),
    'Subject › a: sns:publish must be JSON or a reference, got undefined;',
  ],
  'a queue without a request': [
    on('run', 'a', () => open(sqs.sendMessage)()),
    'Subject › a: sqs:sendMessage must be JSON or a reference, got undefined;',
  ],
  'an action on no list of ARNs': [
    on('run', 'a', () => dynamodb.describeTable({ TableName: 't' }, { resources: 'arn' })),
    "resources must be a list of names, got 'arn';",
  ],
  'an action on null': [
    on('run', 'a', () => dynamodb.describeTable({ TableName: 't' }, null)),
    'options are an object, got null; write { resources }',
  ],
  'awsSdk without a client': [
    () => open(awsSdk)(),
    "awsSdk('undefined'): a client is named by the end of its package's name;",
  ],
  'integration without anything': [() => open(integration)(), 'a resource is a text; write'],
  'integration without options': [
    () => open(integration)('glue:startJobRun'),
    'glue:startJobRun: options are an object, got undefined;',
  ],
  'integration without permissions': [
    () => open(integration)('glue:startJobRun', { arguments: {}, timeout: '1 minute', result: z.unknown() }),
    'glue:startJobRun: permissions must be a list, got undefined; give []',
  ],
  'a file without an object': [
    () => open(csvItems)(),
    's3:getObject must be JSON or a reference, got undefined;',
  ],
};

describe('the language, called from plain JavaScript,', () => {
  it.each(Object.entries(cases))('refuses %s', (_what, [wrong, message]) => {
    expect(wrong).toThrow(DefinitionError);
    expect(wrong).toThrow(message);
  });

  it('lets a file of JSON be read without options', () => {
    expect(() => open(jsonItems)({ Bucket: 'b', Key: 'k' })).not.toThrow();
  });

  it('lets a callback through that is right', () => {
    expect(() => begin()['choose']?.('c', (ways: OpenFlow) => ways['when']?.('x', holds, way))).not.toThrow();
  });
});
