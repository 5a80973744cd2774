import * as z from 'zod';
import { begin, failing, number, run, entered } from '../../support/compiled-workflow.ts';
import { compile } from '../../../src/dsl/compiler/compile.ts';
import { checkMachine } from '../../../src/dsl/asl/check-machine.ts';
import { task } from '../../../src/dsl/authoring/task.ts';
import { orElse, exists, concat, equals, inWords } from '../../../src/dsl/expression/operators.ts';
const one = number('One'), two = number('Two'), tidy = number('Tidy');
const opt = task('Opt', { input: z.object({}), output: z.object({ a: z.number().optional(), o: z.object({p: z.number().optional()}).optional() }), errors: ['Busy'], timeout: '1 minute' });
const same = (p: any) => p;
const fns = (over: any = {}) => ({ functions: { One: same, Two: same, Tidy: same, Opt: () => ({}), ...over } });
const input = { n: 1, list: [1, 2] };
async function show(name: string, make: () => any, over: any = {}) {
  try {
    const w = make();
    const c = compile(w);
    const found = checkMachine(c.machine);
    const r = await run(w, input, fns(over));
    console.log(name, '=>', r.status, JSON.stringify(r.output), r.error, r.cause?.slice(0, 200), '|', entered(r).filter((x) => !x?.startsWith('Input')).join(' '), found.map((f) => f.code + ':' + f.problem).join(';'));
  } catch (e) { console.log(name, '=> THROWS', (e as Error).message); }
}
await show('S1 succeed in try with finally', () => begin().try('w', { do: (b: any) => b.run('x', () => one({ n: 1 })).succeed('early', () => ({ value: 'early' })), finally: (l: any) => l.run('t', () => tidy({ n: 1 })) } as any).returns(() => ({ value: 1 })));
await show('S3 choose without result read', () => begin().choose('w', (c: any) => c.when('a', ({ input }: any) => equals(input.n, 2), (b: any) => b.returns(() => 5))).returns(({ w }: any) => ({ value: orElse(w, 'none') })));
await show('S3b choose never result', () => begin().choose('w', (c: any) => c.when('a', ({ input }: any) => equals(input.n, 2), (b: any) => b)).returns(({ w }: any) => ({ value: orElse(w, 'none') })));
await show('S4 capture maybe unset', () => begin().choose('w', (c: any) => c.when('a', ({ input }: any) => equals(input.n, 2), (b: any) => b.returns(() => 5))).forEachDistributed('all', { of: ({ input }: any) => input.list, as: 'x', atOnce: 1, do: (b: any) => b.returns(({ w }: any) => orElse(w, 'none')) }).returns(({ all }: any) => ({ value: all })));
await show('S4b capture missing field', () => begin().run('o', () => opt({})).forEachDistributed('all', { of: ({ input }: any) => input.list, as: 'x', atOnce: 1, do: (b: any) => b.returns(({ o }: any) => orElse(o.a, 'none')) }).returns(({ all }: any) => ({ value: all })));
await show('S21 error in distributed named clause', () => begin().try('w', { do: (b: any) => b.forEachDistributed('all', { of: ({ input }: any) => input.list, as: 'x', atOnce: 1, do: (b: any) => b.run('q', () => one({ n: 1 }), { retry: 'none' }) }), catch: { Busy: (b: any) => b.returns(() => 'caught') } } as any).returns(({ w }: any) => ({ value: orElse(w, 'none') })), { One: failing('Busy', 'no') });
await show('S34 choose all ways fail', () => begin().choose('w', (c: any) => c.when('a', ({ input }: any) => equals(input.n, 2), (b: any) => b.fail('f', 'Broken', () => 'x')).otherwise((b: any) => b.succeed('g', () => ({ value: 3 })))).returns(() => ({ value: 1 })));
await show('S35 try do fails always finally', () => begin().try('w', { do: (b: any) => b.fail('f', 'Broken', () => 'x'), finally: (l: any) => l.run('t', () => tidy({ n: 1 })) } as any).returns(() => ({ value: 1 })));
await show('S35b try do fails always clause', () => begin().try('w', { do: (b: any) => b.fail('f', 'Broken', () => 'x'), catch: { Broken: (b: any) => b.fail('g', 'TooLarge', () => 'y') } } as any).returns(() => ({ value: 1 })));
await show('S40 missing in way return within try otherwise', () => begin().try('w', { do: (b: any) => b.run('o', () => opt({})).returns(({ o }: any) => o.a), otherwise: (b: any) => b.returns(() => 'other') } as any).returns(({ w }: any) => ({ value: orElse(w, 'none') })));
await show('S41 undo & missing in way return', () => begin().run('u', () => one({ n: 1 }), { undo: () => tidy({ n: 1 }) }).run('o', () => opt({})).choose('w', (c: any) => c.when('a', ({ input }: any) => equals(input.n, 1), (b: any) => b.returns(({ o }: any) => o.a))).returns(({ w }: any) => ({ value: orElse(w, 'none') })));
await show('S42 parallel branch returns missing', () => begin().run('o', () => opt({})).parallel('w', { l: (b: any) => b.returns(({ o }: any) => o.a), r: (b: any) => b.returns(() => ({ q: 1 })) }).returns(({ w }: any) => ({ value: { a: orElse(w.l, 'none'), b: w.r } })));
await show('S43 output missing', () => begin().run('u', () => one({ n: 1 }), { undo: () => tidy({ n: 1 }) }).run('o', () => opt({})).returns(({ o }: any) => ({ value: o.a })));
await show('S44 arg optional missing', () => begin().run('o', () => opt({})).run('p', ({ o }: any) => one({ n: o.a, k: 1 } as any)).returns(({ p }: any) => ({ value: p })));
await show('S45 parallel, branch without returns, whole read', () => begin().parallel('w', { l: (b: any) => b.run('a', () => one({ n: 1 })), r: (b: any) => b.returns(() => [[1]]) }).returns(({ w }: any) => ({ value: w })));
await show('S46 foreach without returns', () => begin().forEach('w', { of: ({ input }: any) => input.list, as: 'x', atOnce: 1, do: (b: any) => b.run('a', () => one({ n: 1 })) }).returns(({ w }: any) => ({ value: w })));
await show('S47 variable kept null, part read', () => begin().run('a', () => one({ n: 1 }), { recover: { errors: ['Busy'], value: () => null } }).returns(({ a }: any) => ({ value: { x: orElse(a.n, 'none') } })), { One: failing('Busy', 'x') });
await show('S48 recovers with error cause', () => begin().run('a', () => one({ n: 1 }), { recover: { errors: ['Busy'], value: (_: any, e: any) => ({ e: e.Error, c: e.Cause, w: inWords(e) }) } }).returns(({ a }: any) => ({ value: a })), { One: failing('Busy', 'x') });
await show('S49 nested clause order', () => begin().try('w', { do: (b: any) => b.try('v', { do: (d: any) => d.run('a', () => one({ n: 1 }), { retry: 'none' }), finally: (l: any) => l.run('t', () => tidy({ n: 1 }), { retry: 'none' }) }), otherwise: (b: any, e: any) => b.returns(() => concat(e.Error, e.Cause)) } as any).returns(({ w }: any) => ({ value: orElse(w, 'none') })), { One: failing('Busy', 'x'), Tidy: failing('Known', 'tidy') });
