import { expect, it } from 'vitest';
import { checkDefinition } from '../../../src/dsl/endpoint/operations/state-machine.ts';
import { passing } from '../simulator/machines.ts';

const check = (output: string) => () => checkDefinition(JSON.stringify(passing(output)), 'STANDARD');

it('takes a machine that reads a variable which nothing sets, and refuses what it cannot read', () => {
  expect(check('{% $nowhere %}')).not.toThrow();
  expect(check('{% 1 + %}')).toThrow("Invalid State Machine Definition: 'INVALID_JSONATA_EXPRESSION");
});
