import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { compile, machineText } from '../dsl/compiler/compile.ts';
import { allWorkflows } from '../workflow/all-workflows.ts';

/** `rewind synth`: the compiled state machines as files, one a workflow. */
export const synthCommand = (): Command =>
  new Command('synth')
    .summary('writes the compiled state machines')
    .description('Writes the Amazon States Language of every workflow, one <name>.asl.json each.')
    .requiredOption('--out <directory>', 'where the files go; made if it is not there')
    .action(async ({ out }: { out: string }) => {
      await mkdir(out, { recursive: true });
      for (const workflow of allWorkflows) {
        const { name, machine } = compile(workflow);
        const text = machineText(machine);
        const file = join(out, `${name}.asl.json`);
        await writeFile(file, text);
        console.log(`${file}  ${Object.keys(machine.States).length} states, ${text.length} bytes`);
      }
    });
