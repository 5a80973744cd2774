import * as z from 'zod';
import type { Settled } from '../../src/dsl/authoring/settled.ts';
import { task } from '../../src/dsl/authoring/task.ts';
import type { Ref } from '../../src/dsl/expression/expression.ts';
import { workflow } from '../../src/dsl/authoring/workflow.ts';
import { begin, same } from './subjects.ts';

// What is settled is the same type as it was, whatever it is made of.
same<Settled<string | number | boolean | null | undefined>, string | number | boolean | null | undefined>();
same<Settled<'fast' | 'slow'>, 'fast' | 'slow'>();
same<Settled<never>, never>();
same<Settled<{ a: { b: { c: 'x' }[] } }>, { a: { b: { c: 'x' }[] } }>();
same<Settled<[string, { n: number }]>, [string, { n: number }]>();
same<Settled<[string, ...{ n: number }[]]>, [string, ...{ n: number }[]]>();
same<Settled<Record<string, { n: number }>>, Record<string, { n: number }>>();
same<Settled<Record<'a' | 'b', { n: number }>>, Record<'a' | 'b', { n: number }>>();
same<Settled<{ known: 1; [more: string]: number }>, { known: 1; [more: string]: number }>();
same<Settled<{ is: 'a'; n: 1 } | { is: 'b'; t: '' }>, { is: 'a'; n: 1 } | { is: 'b'; t: '' }>();
same<Settled<string & z.core.$brand<'Id'>>, string & z.core.$brand<'Id'>>();
same<Settled<z.core.util.JSONType>, z.core.util.JSONType>();

// A list that cannot be written to is one that nobody writes to; a field that may be missing may be undefined.
same<Settled<readonly { n: number }[]>, { n: number }[]>();
same<Settled<{ a?: string }>, { a: string | undefined }>();

// A type of its own name stays: its fields are found where they were written, and it may hold itself.
interface Tree {
  readonly leaf: string;
  readonly branches: readonly Tree[];
}
// Only a type without a name can be read by any name.
same<Settled<Tree> extends { readonly [name: string]: unknown } ? 'written out' : 'as it was', 'as it was'>();

// A schema that holds itself is as deep as anybody reads.
const Folder = z.object({
  name: z.string(),
  get folders() {
    return z.array(Folder);
  },
});
const list = task('List', { input: z.object({}), output: Folder, errors: [], timeout: '1 minute' });
begin()
  .run('listed', () => list({}))
  .forEach('names', {
    of: ({ listed }) => listed.folders,
    as: 'folder',
    atOnce: 1,
    do: (each) =>
      each
        .forEach('inner', {
          of: ({ folder }) => folder.folders,
          as: 'one',
          atOnce: 1,
          do: (inner) => inner.returns(({ one }) => one.name),
        })
        .returns(({ inner }) => inner),
  })
  .returns(({ names }) => {
    same<typeof names, Ref<string[][]>>();
    return { total: 1 };
  });

// A schema that is named by what it gives alone: that is what a task or a workflow answers, and a workflow takes.
const Named: z.ZodType<Tree> = z.custom<Tree>();
const grow = task('Grow', { input: z.object({}), output: Named, errors: [], timeout: '1 minute' });
const plant = workflow('Plant', { input: Named, output: Named, timeout: '1 hour' });
const planted = plant.returns(({ input }) => input);
plant
  .run('grown', () => grow({}))
  .run('planted', ({ grown }) => planted({ leaf: grown.leaf, branches: grown.branches }))
  // @ts-expect-error a leaf is text
  .run('wrong', () => planted({ leaf: 1, branches: [] }))
  .returns(({ planted }) => planted);
// @ts-expect-error a tree has branches
plant.returns(({ input }) => ({ leaf: input.leaf }));
