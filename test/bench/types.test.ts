import { expect, it } from 'vitest';
import { ROUND, longWorkflow } from '../../bench/types/long-workflow.ts';
import { measureTypes } from '../../bench/types/types-command.ts';
import { Flow } from '../../src/dsl/authoring/flow.ts';

/** What ends a flow, or may stand in it once. */
const NOT_REPEATED = ['constructor', 'node', 'fail', 'succeed', 'returns', 'pointOfNoReturn'];

it('measures steps of every kind that the language has', () => {
  const kinds = Object.getOwnPropertyNames(Flow.prototype).filter((name) => !NOT_REPEATED.includes(name));
  const source = longWorkflow(ROUND);
  expect(kinds.filter((kind) => !source.includes(`.${kind}('`))).toEqual([]);
  for (const option of ['undo:', 'recover:', 'batch:']) expect(source).toContain(option);
});

it("keeps the checker's work for one more step flat, up to eighty steps of every kind", () => {
  const rows = measureTypes([ROUND, 2 * ROUND, 4 * ROUND, 5 * ROUND]);
  expect(rows.at(-1)?.steps).toBe(80);
  const [, early = Number.NaN, , late = Number.NaN] = rows.map(({ perAddedStep }) => perAddedStep);
  // About 890 and 1,270 with TypeScript 7.0; see bench/README.md.
  expect(late).toBeLessThan(2 * early);
  expect(late).toBeLessThan(1_500);
});
