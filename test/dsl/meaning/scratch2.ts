import fc from 'fast-check';
import { drawWorkflow } from '../../support/meaning/draw-workflow.ts';
import { meaningDiffers } from '../../support/meaning/compare-meaning.ts';
import { authoringText } from './text.ts';
const [runs, seed] = [Number(process.argv[2] ?? 200), Number(process.argv[3] ?? 1)];
const arb = fc.array(fc.nat({ max: 2 ** 16 }), { minLength: 0, maxLength: 250, size: 'max' });
const why: Record<string, number> = {};
const result = await fc.check(
  fc.asyncProperty(arb, async (numbers) => {
    let d: string | undefined;
    let drawn;
    try { drawn = drawWorkflow(numbers); d = await meaningDiffers(drawn); }
    catch (e) { const m = (e as Error).message; if (/its history may get|history of one/.test(m)) { why.history = (why.history ?? 0) + 1; return; } d = (e as Error).stack; }
    if (d !== undefined) throw new Error(d);
  }),
  { numRuns: runs, seed, endOnFailure: false },
);
console.log('runs', result.numRuns, 'failed', result.failed, 'shrinks', result.numShrinks, why);
if (result.failed) {
  const [numbers] = result.counterexample as [number[]];
  console.log(JSON.stringify(numbers));
  console.log((result.errorInstance as Error)?.message?.slice(0, 3000));
  try { const d = drawWorkflow(numbers); console.log(authoringText(d.subject.node)); console.log(JSON.stringify(d.input)); console.log([...d.plan].map(([k, v]) => k + ': ' + JSON.stringify(v)).join('\n')); } catch (e) { console.log('draw throws', (e as Error).stack); }
}
