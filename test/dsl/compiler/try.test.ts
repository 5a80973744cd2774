import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/dsl/asl/machine.ts';
import { child } from '../../support/child-workflow.ts';
import {
  begin,
  entered,
  failing,
  machineOf,
  number,
  run,
  statesOf,
} from '../../support/compiled-workflow.ts';
import { simulate } from '../../../src/dsl/simulator/simulate.ts';
import { orElse } from '../../../src/dsl/expression/logic.ts';
import { add } from '../../../src/dsl/expression/number.ts';
import { concat } from '../../../src/dsl/expression/text.ts';

const [one, two, mend, tidy] = [number('One'), number('Two'), number('Mend'), number('Tidy')];
const input = { n: 1, list: [] };
const same = (payload: Json) => payload;
const echo = { One: same, Two: same, Mend: same, Tidy: same };

const tried = begin()
  .try('work', {
    do: (body) =>
      body
        .run('first', ({ input }) => one({ n: input.n }))
        .run('second', ({ first }) => two({ n: first.n }), { retry: 'none' })
        .returns(({ second }) => second.n),
    catch: {
      Busy: (way, error) =>
        way.run('mended', () => mend({ n: 5 })).returns(({ mended }) => concat(error.Cause, mended.n)),
    },
  })
  .returns(({ work }) => ({ value: work }));

const withFinally = (otherwise: boolean) =>
  begin()
    .try('work', {
      do: (body) =>
        body.run('first', ({ input }) => one({ n: input.n }), { retry: 'none' }).returns(() => 'did'),
      ...(otherwise ? { otherwise: (way, error) => way.returns(() => concat('got ', error.Error)) } : {}),
      finally: (last) => last.run('tidied', () => tidy({ n: 9 })),
    })
    .returns(({ work }) => ({ value: work }));

describe('try', () => {
  it('catches by name at each state, says what it was, and leads to the clause', () => {
    const states = statesOf(tried);
    const catcher = {
      ErrorEquals: ['Busy'],
      Assign: {
        work_failure: {
          Error: '{% $states.errorOutput.Error %}',
          Cause: expect.stringContaining('$states.errorOutput.Cause'),
        },
      },
      Output: {},
      Next: 'Work.Caught',
    };
    expect(states['Work.First']).toMatchObject({ Type: 'Task', Catch: [catcher], Next: 'Work.Second' });
    expect(states['Work.Second']).toMatchObject({ Type: 'Task', Catch: [catcher], Next: 'Work.Return' });
    expect(states['Work.Return']).toMatchObject({ Assign: { work: '{% $second.n %}' }, Next: 'Return' });
    expect(states['Work.Caught']).toMatchObject({ Type: 'Pass', Next: 'Work.Which' });
    expect(states['Work.Which']).toEqual({
      Type: 'Choice',
      Choices: [{ Condition: '{% $work_failure.Error = "Busy" %}', Next: 'Work.Busy.Mended' }],
      Default: 'Work.Raised',
    });
    expect(states['Work.Busy.Mended']).not.toHaveProperty('Catch');
    expect(states['Work.Busy.Return']).toMatchObject({ Type: 'Pass', Next: 'Return' });
    expect(states['Work.Raised']).toMatchObject({ Type: 'Fail' });
  });

  it('gives what its body returns', async () => {
    const result = await run(tried, input, { functions: echo });
    expect(result.output).toEqual({ value: 1 });
  });

  it('gives what the clause returns, which knows the words of the error', async () => {
    const functions = { ...echo, Two: failing('Busy', 'come later ') };
    const result = await run(tried, input, { functions });
    expect(result.output).toEqual({ value: 'come later 5' });
  });

  it('leaves an error that no clause names where it is', async () => {
    const functions = { ...echo, Two: failing('Known', 'something else') };
    const result = await run(tried, input, { functions });
    expect(result).toMatchObject({ status: 'FAILED', error: 'Known' });
    expect(entered(result).at(-1)).toBe('Work.Second');
  });

  it('does not catch what its own clause throws', async () => {
    const functions = { ...echo, Two: failing('Busy', 'first'), Mend: failing('Busy', 'again') };
    const result = await run(tried, input, { functions });
    expect(result).toMatchObject({ status: 'FAILED', error: 'Busy' });
    expect(entered(result).filter((name) => name === 'Work.Caught')).toHaveLength(1);
  });

  it('lets a clause name the error that a child workflow failed with', async () => {
    const parent = begin()
      .try('work', {
        do: (body) =>
          body.run('inner', ({ input }) => child({ n: input.n })).returns(({ inner }) => inner.value),
        catch: { Broken: (way, error) => way.returns(() => concat('it was: ', error.Cause)) },
      })
      .returns(({ work }) => ({ value: work }));
    const machines = { Child: machineOf(child) };
    expect((await simulate(machineOf(parent), input, { machines })).output).toEqual({ value: 1 });
    const broken = await simulate(machineOf(parent), { n: 13, list: [] }, { machines });
    expect(broken.output).toEqual({ value: 'it was: unlucky' });
  });

  it('raises the error of a child that no clause names, under its own name', async () => {
    const parent = begin()
      .try('work', {
        do: (body) =>
          body.run('inner', ({ input }) => child({ n: input.n })).run('first', () => one({ n: 1 })),
        catch: { Busy: (way) => way },
      })
      .returns(() => ({ value: 1 }));
    const result = await simulate(
      machineOf(parent),
      { n: 13, list: [] },
      { machines: { Child: machineOf(child) } },
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'Broken', cause: 'unlucky' });
  });

  it('runs finally after a good end', async () => {
    const result = await run(withFinally(false), input, { functions: echo });
    expect(result.output).toEqual({ value: 'did' });
    expect(entered(result)).toContain('Work.Finally.Tidied');
  });

  it('runs finally before it raises what nobody caught', async () => {
    const result = await run(withFinally(false), input, {
      functions: { ...echo, One: failing('Known', 'as it was') },
    });
    expect(result).toMatchObject({ status: 'FAILED', error: 'Known', cause: 'as it was' });
    expect(entered(result)).toContain('Work.FinallyFailed.Tidied');
  });

  it('runs finally after otherwise has answered any error', async () => {
    const result = await run(withFinally(true), input, {
      functions: { ...echo, One: failing('Odd', 'x') },
    });
    expect(result.output).toEqual({ value: 'got Odd' });
    expect(entered(result)).toContain('Work.Finally.Tidied');
  });

  it('runs finally, and raises the newer error, when a clause fails', async () => {
    const subject = begin()
      .try('work', {
        do: (body) => body.run('first', ({ input }) => one({ n: input.n }), { retry: 'none' }),
        otherwise: (way) => way.run('mended', () => mend({ n: 1 }), { retry: 'none' }),
        finally: (last) => last.run('tidied', () => tidy({ n: 9 })),
      })
      .returns(() => ({ value: 1 }));
    const result = await run(subject, input, {
      functions: { ...echo, One: failing('Odd', 'old'), Mend: failing('Known', 'new') },
    });
    expect(result).toMatchObject({ status: 'FAILED', error: 'Known', cause: 'new' });
    expect(entered(result).filter((name) => name?.endsWith('.Tidied'))).toHaveLength(1);
  });

  it('hands on to the try around it what it does not name', async () => {
    const subject = begin()
      .try('outer', {
        do: (body) =>
          body.try('inner', {
            do: (deep) => deep.run('first', ({ input }) => one({ n: input.n }), { retry: 'none' }),
            catch: { Busy: (way) => way },
            finally: (last) => last.run('tidied', () => tidy({ n: 9 })),
          }),
        catch: { Known: (way, error) => way.returns(() => concat('outer: ', error.Cause)) },
      })
      .returns(({ outer }) => ({ value: orElse(outer, 'nothing') }));
    const result = await run(subject, input, { functions: { ...echo, One: failing('Known', 'deep') } });
    expect(result.output).toEqual({ value: 'outer: deep' });
    expect(entered(result)).toContain('Outer.Inner.FinallyFailed.Tidied');
  });

  it('comes before the undos: they run only for what is not answered', async () => {
    const subject = (name: string) =>
      begin()
        .run('held', () => mend({ n: 0 }), { undo: () => tidy({ n: 9 }) })
        .try('work', {
          do: (body) => body.run('first', ({ input }) => one({ n: input.n }), { retry: 'none' }),
          catch: { [name]: (way) => way },
        })
        .returns(() => ({ value: 'through' }));
    const functions = { ...echo, One: failing('Busy', 'no') };
    const answered = await run(subject('Busy'), input, { functions });
    expect(answered.output).toEqual({ value: 'through' });
    const not = await run(subject('Known'), input, { functions });
    expect(not).toMatchObject({ status: 'FAILED', error: 'Busy', cause: 'no [undone: held]' });
  });

  it('answers the fail of its own body', async () => {
    const subject = begin()
      .try('work', {
        do: (body) => body.fail('stop', 'Broken', ({ input }) => concat('at ', add(input.n, 1))),
        catch: { Broken: (way, error) => way.returns(() => error.Cause) },
      })
      .returns(({ work }) => ({ value: work }));
    expect((await run(subject, input)).output).toEqual({ value: 'at 2' });
  });

  it('keeps working within a branch, where no undo is', async () => {
    const subject = begin()
      .forEach('all', {
        of: ({ input }) => input.list,
        as: 'element',
        atOnce: 1,
        do: (each) =>
          each
            .try('work', {
              do: (body) =>
                body
                  .run('first', ({ element }) => one({ n: element }), { retry: 'none' })
                  .returns(({ first }) => first.n),
              otherwise: (way) => way.returns(() => -1),
            })
            .returns(({ work }) => work),
      })
      .returns(({ all }) => ({ value: all }));
    const functions = {
      One: (payload: Json) => {
        if ((payload as { n: number }).n === 2) failing('Odd', 'two')();
        return payload;
      },
    };
    expect((await run(subject, { n: 0, list: [1, 2, 3] }, { functions })).output).toEqual({
      value: [1, -1, 3],
    });
  });

  it('refuses a clause that stands for many errors, a try of nothing, and a finally that hides the end', () => {
    expect(() => begin().try('work', { do: (way) => way, catch: { 'States.ALL': (way) => way } })).toThrow(
      "Subject › work: 'States.ALL' stands for many errors; use 'otherwise' for the rest",
    );
    expect(() => begin().try('work', { do: (way) => way })).toThrow(
      'Subject › work: a try that catches nothing does nothing; add catch, otherwise or finally',
    );
    expect(() =>
      begin().try('work', { do: (way) => way, finally: (way) => way.fail('no', 'Broken', () => 'x') }),
    ).toThrow(
      "Subject › work › finally: it would hide how the try ended; leave out its 'no' and let it go on",
    );
  });

  it('refuses a clause for an error that nothing in it declares, and a try in which nothing can fail', () => {
    const wrong = begin()
      .try('work', { do: (body) => body.run('first', () => one({ n: 1 })), catch: { Bussy: (way) => way } })
      .returns(() => ({ value: 1 }));
    expect(() => machineOf(wrong)).toThrow(
      "Subject › work: nothing that is tried declares the error 'Bussy'; it can fail with Busy, ",
    );
    const idle = begin()
      .try('work', { do: (body) => body.waitFor('pause', '1 minute'), otherwise: (way) => way })
      .returns(() => ({ value: 1 }));
    expect(() => machineOf(idle)).toThrow(
      "Subject › work: nothing in it can fail, or it answers all its failures itself; put the calls that may into its 'do'",
    );
  });

  it('stays the failure that goes on when its finally fails, too', async () => {
    const subject = begin()
      .try('work', {
        do: (body) => body.run('first', ({ input }) => one({ n: input.n }), { retry: 'none' }),
        finally: (last) => last.run('tidied', () => tidy({ n: 9 }), { retry: 'none' }),
      })
      .returns(() => ({ value: 1 }));
    const both = { ...echo, One: failing('Busy', 'come later'), Tidy: failing('Refused', 'no broom') };
    expect(await run(subject, input, { functions: both })).toMatchObject({
      error: 'Busy',
      cause: 'come later [its finally failed, too: Refused: no broom]',
    });
    const tidiesBadly = { ...echo, Tidy: failing('Refused', 'no broom') };
    expect(await run(subject, input, { functions: tidiesBadly })).toMatchObject({ error: 'Refused' });
  });

  it('refuses to succeed past its finally', () => {
    expect(() =>
      begin().try('work', {
        do: (body) => body.succeed('early', () => ({ value: 1 })),
        finally: (last) => last.run('tidied', () => tidy({ n: 9 })),
      }),
    ).toThrow("Subject › work: 'early' ends the workflow before its finally could run");
  });

  it('leaves nothing behind that no failure leads to', async () => {
    const subject = begin()
      .try('work', {
        do: (body) =>
          body
            .run('first', ({ input }) => one({ n: input.n }), {
              retry: 'none',
              recover: { errors: ['States.ALL'], value: () => ({ n: 0 }) },
            })
            .returns(({ first }) => first.n),
        finally: (last) => last.run('tidied', () => tidy({ n: 9 })),
      })
      .returns(({ work }) => ({ value: work }));
    expect(statesOf(subject)).not.toHaveProperty('Work.Caught');
    expect(statesOf(subject)).not.toHaveProperty('Work.Raised');
    expect((await run(subject, input, { functions: echo })).output).toEqual({ value: 1 });
  });
});
