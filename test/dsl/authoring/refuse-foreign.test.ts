import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { csvItems } from '../../../src/dsl/authoring/item-source.ts';
import { kindOf } from '../../../src/dsl/authoring/steps/choose-step.ts';
import { task } from '../../../src/dsl/authoring/task.ts';
import { workflow } from '../../../src/dsl/authoring/workflow.ts';
import { equals } from '../../../src/dsl/expression/comparison.ts';
import { context } from '../../../src/dsl/expression/context.ts';
import { map } from '../../../src/dsl/expression/each.ts';
import type { Expression } from '../../../src/dsl/expression/expression.ts';
import { inWords } from '../../../src/dsl/expression/failure.ts';
import { concat } from '../../../src/dsl/expression/text.ts';

const say = task('Say', {
  input: z.object({ text: z.string() }),
  output: z.object({ text: z.string() }),
  errors: ['Busy'],
  timeout: '1 minute',
});
const Event = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('made'), name: z.string() }),
  z.object({ kind: z.literal('gone') }),
]);
const begin = (name = 'Here') =>
  workflow(name, {
    input: z.object({ id: z.string(), list: z.array(z.string()), event: Event }),
    output: z.unknown(),
    errors: ['Lost'],
    timeout: '1 day',
  });

/** Hands a reference out of its callback. */
class Keeper {
  kept: Expression<string> = concat('nothing');
  readonly keep = <T extends Expression<string>>(given: T): T => {
    this.kept = given;
    return given;
  };
}

const KEPT = (name: string, known: string) =>
  `'${name}' was kept from another callback, and is not what is known here by that name; use what this callback gets: ${known}`;

describe('refuses a reference that was kept', () => {
  it('from another workflow, though the same name is known here', () => {
    const keeper = new Keeper();
    begin('There').returns(({ input }) => keeper.keep(input.id));
    expect(() => begin().returns(() => ({ a: [keeper.kept] }))).toThrow(
      `Here › returns: ${KEPT('input.id', 'input')}`,
    );
    expect(() => begin().run('said', () => say({ text: concat('a', keeper.kept) }))).toThrow(
      `Here › said: ${KEPT('input.id', 'input')}`,
    );
  });

  it('from a step of the same name in another workflow', () => {
    const keeper = new Keeper();
    const said = (name: string) => begin(name).run('said', () => say({ text: 'x' }));
    said('There').returns((known) => keeper.keep(known.said.text));
    expect(() => said('Here').returns(() => keeper.kept)).toThrow(KEPT('said.text', 'input, said'));
  });

  it('from a way that is over', () => {
    const keeper = new Keeper();
    const chosen = begin().choose('way', (ways) =>
      ways.when(
        'known',
        ({ input }) => equals(input.id, 'x'),
        (way) => way.run('said', () => say({ text: 'x' })).returns(({ said }) => keeper.keep(said.text)),
      ),
    );
    expect(() => chosen.returns(() => keeper.kept)).toThrow(KEPT('said.text', 'input, way'));
  });

  it('from a branch, in a condition', () => {
    const keeper = new Keeper();
    const flow = begin().parallel('both', {
      left: (branch) =>
        branch.run('said', () => say({ text: 'x' })).returns(({ said }) => keeper.keep(said.text)),
    });
    expect(() =>
      flow.choose('way', (ways) =>
        ways.when(
          'a',
          () => equals(keeper.kept, 'x'),
          (way) => way,
        ),
      ),
    ).toThrow(`Here › way › a: ${KEPT('said.text', 'input, both')}`);
  });

  it('from the clause of a try, and from recover', () => {
    const clause = new Keeper();
    const tried = begin().try('work', {
      do: (body) => body.returns(() => 'x'),
      otherwise: (way, error) => way.returns(() => clause.keep(error.Cause)),
    });
    expect(() => tried.returns(() => clause.kept)).toThrow(KEPT('work_failure.Cause', 'input, work'));
    const recover = new Keeper();
    const recovered = begin().run('said', () => say({ text: 'x' }), {
      recover: { errors: ['Busy'], value: (_scope, error) => ({ text: recover.keep(error.Cause) }) },
    });
    expect(() => recovered.returns(() => recover.kept)).toThrow(
      KEPT('states.errorOutput.Cause', 'input, said'),
    );
  });

  it('from the function of a map()', () => {
    const keeper = new Keeper();
    expect(() =>
      begin().returns(({ input }) => [map(input.list, (one) => keeper.keep(one)), keeper.kept]),
    ).toThrow(
      'Here › returns: an element is known only within the function of its map(), filter() or the like',
    );
  });

  it('in the items of a loop, and in a first cursor', () => {
    const keeper = new Keeper();
    begin('There').returns(({ input }) => keeper.keep(input.id));
    expect(() =>
      begin().forEachDistributed('all', {
        of: () => csvItems({ Bucket: 'b', Key: keeper.kept }),
        as: 'row',
        atOnce: 1,
        do: (each) => each,
      }),
    ).toThrow(`Here › all: ${KEPT('input.id', 'input')}`);
    expect(() =>
      begin().repeatUntil('said', (_scope, text) => say({ text }), {
        cursor: { schema: z.string(), first: keeper.kept, next: () => 'x' },
        until: ({ said }) => equals(said.text, 'x'),
        atMost: 2,
      }),
    ).toThrow(`Here › said › first: ${KEPT('input.id', 'input')}`);
  });
});

describe('takes', () => {
  it('what is known in every flow that grows from one stem', () => {
    const keeper = new Keeper();
    const stem = begin().run('said', () => say({ text: 'x' }));
    stem.returns(({ said }) => keeper.keep(said.text));
    expect(() => stem.returns(() => keeper.kept)).not.toThrow();
  });

  it("a clause's error and an alternative, in every step of their ways", () => {
    expect(() =>
      begin()
        .try('work', {
          do: (body) => body.run('said', () => say({ text: 'x' })),
          otherwise: (way, error) =>
            way
              .run('told', () => say({ text: inWords(error) }))
              .parallel('both', { left: (branch) => branch.returns(() => error.Error) }),
        })
        .match('event', ({ input }) => kindOf(input.event, 'kind'), {
          made: (way, event) => way.run('named', () => say({ text: event.name })),
          gone: (way) => way,
        })
        .returns(({ input }) =>
          map(input.list, (one) => map(input.list, (other) => concat(one, other, context.Execution.Name))),
        ),
    ).not.toThrow();
  });
});
