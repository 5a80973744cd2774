import { readFile } from 'node:fs/promises';
import aslValidator from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { checkMachine } from '../src/dsl/asl/check-machine.ts';
import type { StateMachine } from '../src/dsl/asl/machine.ts';
import { compile, machineText } from '../src/dsl/compiler/compile.ts';
import { allWorkflows } from '../src/workflow/all-workflows.ts';

const committed = async (name: string) => {
  const file = new URL(`../disasterRecovery/asl/${name}.asl.json`, import.meta.url);
  return readFile(file, 'utf8').catch(() => 'no such file');
};

/** asl-validator 4.0.0 takes an empty text, which Step Functions accepts, for an error. */
const withoutEmptyText = (machine: StateMachine): object =>
  JSON.parse(JSON.stringify(machine), (_key, value: unknown) => (value === '' ? '-' : value)) as object;

describe.each(allWorkflows.map((workflow) => ({ workflow, name: workflow.workflowName })))(
  '$name',
  ({ workflow, name }) => {
    const { machine } = compile(workflow);

    it('compiles to its committed machine, byte for byte', async () => {
      expect(machineText(machine), 'the machine changed: run `npm run golden` and review the diff').toBe(
        await committed(name),
      );
    });

    it('has nothing that Step Functions would refuse', () => {
      expect(checkMachine(machine)).toEqual([]);
    });

    it("is valid by ASL's schema", () => {
      const { isValid, errorsText } = aslValidator(withoutEmptyText(machine));
      expect({ isValid, problems: errorsText() }).toEqual({ isValid: true, problems: '' });
    });
  },
);
