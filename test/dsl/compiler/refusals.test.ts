import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { DefinitionError } from '../../../src/dsl/ast/definition-error.ts';
import { type Workflow, workflow } from '../../../src/dsl/authoring/workflow.ts';
import { compile } from '../../../src/dsl/compiler/compile.ts';
import { equals } from '../../../src/dsl/expression/comparison.ts';
import { task } from '../../../src/dsl/authoring/task.ts';
import { begin, number } from '../../support/compiled-workflow.ts';

const one = number('One');
const empty = z.object({});
const lasting = (name: string, timeout: `${number} hours` | `${number} minutes`) =>
  workflow(name, { input: empty, output: empty, timeout });

/** The problems of a definition, one a line. */
function problemsOf(subject: Workflow): readonly string[] {
  try {
    compile(subject);
  } catch (fault) {
    if (!(fault instanceof DefinitionError)) throw fault;
    return fault.message.split('\n');
  }
  return [];
}

describe('compile refuses', () => {
  it('a child that may last longer than its parent', () => {
    const child = lasting('Child', '2 hours').returns(() => ({}));
    const parent = (timeout: '2 hours' | '3 hours') =>
      lasting('Parent', timeout)
        .run('inner', () => child({}))
        .returns(() => ({}));
    expect(problemsOf(parent('2 hours'))).toEqual([
      "Parent › inner: may take 2 hours 1 minute, not less than the workflow's 2 hours; a child's timeout must be shorter than its parent's",
    ]);
    expect(problemsOf(parent('3 hours'))).toEqual([]);
  });

  it('a workflow that may last longer than any execution', () => {
    const subject = (timeout: '8760 hours' | '8761 hours') => lasting('Long', timeout).returns(() => ({}));
    expect(problemsOf(subject('8760 hours'))).toEqual([]);
    expect(problemsOf(subject('8761 hours'))).toEqual([
      'Long: its timeout of 365 days 1 hour is more than an execution may last, one year; shorten it',
    ]);
  });

  it('every step that may last longer than its workflow, wherever it is, all at once', () => {
    const long = lasting('Long', '5 minutes')
      .waitFor('pause', '5 minutes')
      .parallel('both', {
        left: (branch) =>
          branch.pollUntil('ready', () => one({ n: 1 }), {
            until: ({ ready }) => equals(ready.n, 1),
            every: '1 minute',
            giveUpAfter: '4 minutes',
          }),
      })
      .returns(() => ({}));
    expect(problemsOf(long).map((line) => line.split(':')[0])).toEqual([
      'Long › pause',
      'Long › both › left › ready',
    ]);
  });

  it('two steps whose states would have one name', () => {
    const twice = begin()
      .waitFor('pause', '1 minute')
      .waitFor('Pause', '1 minute')
      .returns(() => ({ value: 1 }));
    expect(problemsOf(twice)).toEqual([
      expect.stringContaining("two states would be named 'Pause'; rename the step or way 'pause'"),
    ]);
  });

  it('two branches whose states would have one name', () => {
    const twice = begin()
      .parallel('both', {
        left: (branch) => branch.waitFor('pause', '1 minute'),
        Left: (branch) => branch.waitFor('pause', '1 minute'),
      })
      .returns(() => ({ value: 1 }));
    expect(problemsOf(twice)).toEqual([
      expect.stringContaining("two states would be named 'Both.Left.Pause'"),
      expect.stringContaining("two states would be named 'Both.Left.Done'"),
    ]);
  });

  it('a step within another that is named like it or like a later one', () => {
    const named = (name: string) => () =>
      begin().parallel('both', { left: (branch) => branch.waitFor(name as 'pause', '1 minute') });
    expect(named('both')).toThrow(
      'Subject › both › left › both: a step or value of that name is there already; choose another',
    );
    expect(named('count')).toThrow("would hide JSONata's function '$count'");
    const later = begin()
      .forEach('all', {
        of: ({ input }) => input.list,
        as: 'x',
        atOnce: 1,
        do: (each) => each.run('same', ({ x }) => one({ n: x })).returns(({ same }) => same.n),
      })
      .run('same', ({ input }) => one({ n: input.n }))
      .returns(({ same, all }) => ({ value: [same.n, all] }));
    const problem = (name: string) =>
      `Subject: a step inside another one is named '${name}', like a step or value around it; rename one of them`;
    expect(problemsOf(later)).toEqual([problem('same')]);
  });

  it('a state whose name would be too long', () => {
    const long = begin()
      .run('a'.repeat(81), ({ input }) => one({ n: input.n }))
      .returns(() => ({ value: 1 }));
    expect(problemsOf(long)).toEqual([
      `${'a'.repeat(81)}: its state's name would have 81 characters, more than 80; shorten the steps' names`,
    ]);
  });

  it('a default that the machine would not apply', () => {
    const nested = workflow('Nested', {
      input: z.object({ options: z.union([z.string(), z.object({ deep: z.number().default(1) })]) }),
      output: empty,
      timeout: '1 minute',
    }).returns(() => ({}));
    expect(problemsOf(nested)).toEqual([
      'Nested › input.options: the machine cannot apply a default within a union; ' +
        'give the whole value a default, or make the inner one optional',
    ]);
  });

  it('a name that two steps of one variable scope would share', () => {
    const shared = begin()
      .choose('first', (ways) =>
        ways.when(
          'a',
          ({ input }) => equals(input.n, 1),
          (way) => way.run('shared', () => one({ n: 7 })),
        ),
      )
      .run('shared' as 'other', () => one({ n: 8 }))
      .returns(() => ({ value: 1 }));
    expect(problemsOf(shared)).toEqual([
      "Subject › shared: another step before it is named 'shared', and both would share a variable; rename one of them",
    ]);
  });

  it('a name that what is tried and what answers it would share', () => {
    const named = (body: string, clause: string, last: string) =>
      begin()
        .try('work', {
          do: (way) => way.run(body, () => one({ n: 7 })),
          catch: { Busy: (way) => way.run(clause, () => one({ n: 8 })) },
          finally: (way) => way.run(last, () => one({ n: 9 })),
        })
        .returns(() => ({ value: 1 }));
    const fault =
      "Subject › work › same: another step before it is named 'same', and both would share a variable; rename one of them";
    expect(problemsOf(named('same', 'same', 'third'))).toEqual([fault]);
    expect(problemsOf(named('same', 'second', 'same'))).toEqual([fault]);
    expect(problemsOf(named('first', 'same', 'same'))).toEqual([fault]);
    expect(problemsOf(named('first', 'second', 'third'))).toEqual([]);
  });

  it('a name that stands for two functions or machines', () => {
    const child = workflow('One', { input: empty, output: empty, timeout: '1 minute' }).returns(() => ({}));
    const other = task('One', { input: empty, output: empty, errors: ['Odd'], timeout: '1 minute' });
    const subject = begin()
      .run('mine', () => one({ n: 1 }))
      .run('theirs', () => child({}))
      .run('third', () => other({}))
      .returns(() => ({ value: 1 }));
    expect(problemsOf(subject)).toEqual([
      "Subject: two different tasks or workflows that it calls are named 'One', and both would be deployed as one; rename one of them",
    ]);
    const itself = begin('One')
      .run('inner', () => child({}))
      .returns(() => ({ value: 1 }));
    expect(problemsOf(itself)).toEqual([
      'One: a child workflow has the name of the workflow itself, and both would stand for one state machine; rename one of them',
    ]);
  });

  it('a result of a part that nothing leads to', () => {
    const ended = begin()
      .try('work', {
        do: (body) =>
          body
            .choose('end', (ways) =>
              ways
                .when(
                  'a',
                  ({ input }) => equals(input.n, 1),
                  (way) => way.fail('badly', 'Broken', () => 'no'),
                )
                .otherwise((way) => way.fail('worse', 'Broken', () => 'no')),
            )
            .returns(() => 1),
        otherwise: (way) => way,
      })
      .returns(() => ({ value: 1 }));
    expect(problemsOf(ended)).toEqual([
      "Subject › work: nothing leads to its returns(), since every way of 'end' ends; let one way go on, or leave the returns out",
    ]);
  });

  it('steps that nothing leads to', () => {
    const ended = begin()
      .choose('end', (ways) =>
        ways
          .when(
            'a',
            ({ input }) => equals(input.n, 1),
            (way) => way.succeed('well', () => ({ value: 1 })),
          )
          .otherwise((way) => way.fail('badly', 'Broken', () => 'no')),
      )
      .run('never', () => one({ n: 8 }))
      .returns(() => ({ value: 1 }));
    expect(problemsOf(ended)).toEqual([
      "Subject › never: nothing leads to it, since every way of 'end' ends; let one way go on, or leave the step out",
    ]);
  });
});
