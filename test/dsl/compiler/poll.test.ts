import { describe, expect, it } from 'vitest';
import { equals, moreThan } from '../../../src/dsl/expression/comparison.ts';
import { inWords } from '../../../src/dsl/expression/failure.ts';
import { orElse } from '../../../src/dsl/expression/logic.ts';
import { concat } from '../../../src/dsl/expression/text.ts';
import { dynamodb } from '../../support/aws-services.ts';
import {
  DESCRIBE_TABLE,
  begin,
  entered,
  failing,
  number,
  run,
  statesOf,
} from '../../support/compiled-workflow.ts';

const probe = number('Probe');
const polling = begin()
  .pollUntil('ready', ({ input }) => probe({ n: input.n }), {
    until: ({ ready }) => equals(ready.n, 0),
    failWhen: ({ ready }) => moreThan(ready.n, 100),
    every: '20 seconds',
    giveUpAfter: '1 minute',
  })
  .returns(({ ready }) => ({ value: ready.n }));

/** Answers with these numbers in turn, and with the last one for ever. */
const answering = (...answers: number[]) => ({
  Probe: () => ({ n: answers.length > 1 ? answers.shift() : answers[0] }),
});
const input = { n: 1, list: [] };

describe('a poll', () => {
  it('is a loop of the call, a choice and a wait', () => {
    expect(statesOf(polling)).toEqual({
      'Ready.Begin': {
        Type: 'Pass',
        Assign: { ready_until: '{% $toMillis($states.context.State.EnteredTime) + 60000 %}' },
        Output: {},
        Next: 'Ready',
      },
      Ready: expect.objectContaining({
        Type: 'Task',
        Assign: { ready: { n: '{% $states.result.Payload.n %}' } },
        Next: 'Ready.Ready',
      }),
      'Ready.Ready': {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $ready.n = 0 %}', Next: 'Return' },
          { Condition: '{% ($ready.n > 100) = true %}', Next: 'Ready.Failed' },
          {
            Condition: '{% (($toMillis($states.context.State.EnteredTime) + 20000) > $ready_until) = true %}',
            Next: 'Ready.GaveUp',
          },
        ],
        Default: 'Ready.Wait',
      },
      'Ready.Wait': { Type: 'Wait', Seconds: 20, Next: 'Ready' },
      'Ready.GaveUp': { Type: 'Fail', Error: 'GaveUp', Cause: 'ready: not reached within 1 minute' },
      'Ready.Failed': { Type: 'Fail', Error: 'PollFailed', Cause: 'ready: what is waited for has failed' },
      Return: { Type: 'Succeed', Output: { value: '{% $ready.n %}' } },
    });
  });

  it('ends without a wait when the first answer is the one', async () => {
    const result = await run(polling, input, { functions: answering(0) });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { value: 0 }, virtualMilliseconds: 0 });
  });

  it('asks at its interval until the answer is the one', async () => {
    const result = await run(polling, input, { functions: answering(2, 1, 0) });
    expect(result).toMatchObject({ status: 'SUCCEEDED', virtualMilliseconds: 40_000 });
    expect(entered(result).filter((name) => name === 'Ready')).toHaveLength(3);
  });

  it('gives up rather than ask after its time', async () => {
    const result = await run(polling, input, { functions: answering(1) });
    expect(result).toMatchObject({
      status: 'FAILED',
      error: 'GaveUp',
      cause: 'ready: not reached within 1 minute',
      virtualMilliseconds: 60_000,
    });
    expect(entered(result).filter((name) => name === 'Ready')).toHaveLength(4);
  });

  it('fails at once when the answer says that it never will be', async () => {
    const result = await run(polling, input, { functions: answering(1, 101) });
    expect(result).toMatchObject({ status: 'FAILED', error: 'PollFailed', virtualMilliseconds: 20_000 });
  });

  it('goes on asking while the answer lacks what the condition reads', async () => {
    const subject = begin()
      .pollUntil('table', () => dynamodb.describeTable({ TableName: 'orders' }), {
        until: ({ table }) => equals(table.Table.TableStatus, 'ACTIVE'),
        every: '20 seconds',
        giveUpAfter: '1 minute',
      })
      .returns(() => ({ value: 'there' }));
    const answers = [{}, { Table: { TableStatus: 'ACTIVE' } }];
    const result = await run(subject, input, { resources: { [DESCRIBE_TABLE]: () => answers.shift() } });
    expect(result).toMatchObject({ status: 'SUCCEEDED', virtualMilliseconds: 20_000 });
  });

  it('says of its last result what it is told to when it fails', async () => {
    const subject = begin()
      .pollUntil('ready', ({ input }) => probe({ n: input.n }), {
        until: ({ ready }) => equals(ready.n, 0),
        failWhen: ({ ready }) => moreThan(ready.n, 100),
        saying: ({ input, ready }) => concat('number ', input.n, ' is at ', ready.n),
        every: '20 seconds',
        giveUpAfter: '1 minute',
      })
      .returns(({ ready }) => ({ value: ready.n }));
    const failed = await run(subject, input, { functions: answering(101) });
    expect(failed.cause).toBe('ready: what is waited for has failed; number 1 is at 101');
    const late = await run(subject, input, { functions: answering(7) });
    expect(late.cause).toBe('ready: not reached within 1 minute; number 1 is at 7');
  });

  it('ends with another value for an error that it recovers from', async () => {
    const subject = begin()
      .pollUntil('ready', ({ input }) => probe({ n: input.n }), {
        until: ({ ready }) => equals(ready.n, 0),
        recover: { errors: ['States.ALL'], value: (_scope, error) => ({ failure: inWords(error) }) },
        every: '20 seconds',
        giveUpAfter: '1 minute',
      })
      .returns(({ ready }) => ({ value: orElse(ready.failure, 'none') }));
    const good = await run(subject, input, { functions: answering(1, 0) });
    expect(good.output).toEqual({ value: 'none' });
    const bad = await run(subject, input, { functions: { Probe: failing('Broken', 'as told') } });
    expect(bad.output).toEqual({ value: 'Broken: as told' });
  });
});
