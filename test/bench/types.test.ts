import { expect, it } from 'vitest';
import { CHAINS, ROUND, longWorkflows } from '../../bench/types/long-workflow.ts';
import { growthOf } from '../../bench/types/types-command.ts';
import { Flow } from '../../src/dsl/authoring/flow.ts';

/** What ends a flow, or may stand in it once. */
const NOT_REPEATED = ['constructor', 'node', 'fail', 'succeed', 'returns', 'pointOfNoReturn'];

it('measures steps of every kind that the language has', () => {
  const verbs = Object.getOwnPropertyNames(Flow.prototype).filter((name) => !NOT_REPEATED.includes(name));
  const source = longWorkflows(CHAINS.slice(0, 1), ROUND);
  expect(verbs.filter((verb) => !source.includes(`.${verb}('`))).toEqual([]);
  for (const option of ['undo:', 'recover:', 'batch:', 'tolerate:']) expect(source).toContain(option);
});

it("costs the checker the same for a step of a long workflow as for one of a short one's, whatever its kind", () => {
  const { early, late } = growthOf(CHAINS);
  expect(early).toBeGreaterThan(0);
  // One instantiation more for each step before, in one of these workflows alone, would make it sixty.
  expect(late - early).toBeLessThan(1);
}, 300_000);
