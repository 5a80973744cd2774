import { describe, expect, it } from 'vitest';
import { equals } from '../../../src/dsl/expression/comparison.ts';
import { begin, entered, failing, number, run, statesOf } from '../../support/compiled-workflow.ts';

const one = number('One');
const [same, input] = [(payload: unknown) => payload as { n: number }, { n: 1, list: [] }];

describe('succeed', () => {
  const subject = begin()
    .choose('early', (ways) =>
      ways
        .when(
          'known',
          ({ input }) => equals(input.n, 1),
          (way) => way.succeed('nothingToDo', ({ input }) => ({ value: input.n })),
        )
        .otherwise((way) => way),
    )
    .run('work', ({ input }) => one({ n: input.n }))
    .returns(() => ({ value: 'worked' }));

  it('ends the whole workflow early with its output', async () => {
    expect(statesOf(subject)['Early.Known.NothingToDo']).toEqual({
      Type: 'Succeed',
      Output: { value: '{% $input.n %}' },
    });
    const result = await run(subject, input, { functions: { One: same } });
    expect(result.output).toEqual({ value: 1 });
    expect(entered(result)).not.toContain('Work');
    const other = await run(subject, { n: 2, list: [] }, { functions: { One: same } });
    expect(other.output).toEqual({ value: 'worked' });
  });
});

describe('waitUntil', () => {
  it('waits until a time known when the machine runs, or in advance', async () => {
    const subject = begin()
      .waitUntil('opening', '2026-01-01T06:00:00Z')
      .waitUntil('later', () => '2026-01-01T08:00:00+01:00' as never)
      .returns(() => ({ value: 1 }));
    expect(statesOf(subject).Opening).toEqual({
      Type: 'Wait',
      Timestamp: '2026-01-01T06:00:00Z',
      Next: 'Later',
    });
    const result = await run(subject, input);
    expect(new Date(result.stopDate).toISOString()).toBe('2026-01-01T07:00:00.000Z');
  });

  it('refuses text that is no time', () => {
    expect(() => begin().waitUntil('opening', 'tomorrow')).toThrow(
      "Subject › opening: a time is ISO 8601 text with its offset, got 'tomorrow'",
    );
  });
});

describe('start', () => {
  it('starts a function and does not wait for it', () => {
    const subject = begin()
      .start('told', ({ input }) => one({ n: input.n }))
      .returns(({ told }) => ({ value: told.StatusCode }));
    expect(statesOf(subject).Told).toMatchObject({
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: '${One}', InvocationType: 'Event', Payload: { n: '{% $input.n %}' } },
      TimeoutSeconds: 60,
      Assign: { told: '{% {"StatusCode": $states.result.StatusCode} %}' },
    });
  });
});

describe('a point of no return', () => {
  const subject = (failures: 'stayForRedrive' | 'endInWords') =>
    begin()
      .pointOfNoReturn({ failures })
      .run('work', ({ input }) => one({ n: input.n }), { retry: 'none' })
      .returns(() => ({ value: 1 }));

  it('leaves a failure where it is, for a redrive', async () => {
    const result = await run(subject('stayForRedrive'), input, { functions: { One: failing('Known', 'w') } });
    expect(entered(result).at(-1)).toBe('Work');
  });

  it('or ends the execution in words', async () => {
    const result = await run(subject('endInWords'), input, { functions: { One: failing('Known', 'w') } });
    expect(result).toMatchObject({ status: 'FAILED', error: 'Known', cause: 'w' });
    expect(entered(result).at(-1)).toBe('Failed');
  });

  it('refuses to be there without saying what becomes of failures, or twice', () => {
    expect(() => begin().pointOfNoReturn({} as never)).toThrow('say what becomes of a failure behind it');
    expect(() =>
      begin().pointOfNoReturn({ failures: 'endInWords' }).pointOfNoReturn({ failures: 'endInWords' }),
    ).toThrow('there is a point of no return already');
  });
});
