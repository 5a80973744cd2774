import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { graphDot } from '../dsl/asl/graph/graph-dot.ts';
import { type CompiledWorkflow, compile, machineText, warningsOf } from '../dsl/compiler/compile.ts';
import type { Workflow } from '../dsl/authoring/workflow.ts';
import { drawGraph } from './draw-graph.ts';

interface SynthOptions {
  readonly out: string;
  readonly graph?: keyof CompiledWorkflow['graph'];
  readonly report?: true;
}

/** Loaded when they are written: that takes longer than anything else about the command. */
const ownWorkflows = async (): Promise<readonly Workflow[]> =>
  (await import('../workflow/all-workflows.ts')).allWorkflows;

/**
 * `rewind synth`: the compiled state machines as files, one a workflow, with their pictures and reports.
 * @param workflows default Rewind's own.
 */
export const synthCommand = (workflows = ownWorkflows): Command =>
  new Command('synth')
    .summary('writes the compiled state machines')
    .description(
      'Writes the Amazon States Language of every workflow, one <name>.asl.json each, and says on the error output ' +
        'what of them is a risk.',
    )
    .requiredOption('--out <directory>', 'where the files go; made if it is not there')
    .addOption(
      new Option(
        '--graph [detail]',
        'draws each workflow too, <name>.svg: its steps, or all states of its machine',
      )
        .choices(['steps', 'states'])
        .preset('steps'),
    )
    .option(
      '--report',
      'writes <name>.report.json too: the permissions its role needs, how near it comes to the limits of Step ' +
        'Functions, and the JSON Schemas of its input and output',
    )
    .action(async ({ out, graph, report }: SynthOptions) => {
      await mkdir(out, { recursive: true });
      for (const workflow of await workflows()) {
        const compiled = compile(workflow);
        const { name, machine } = compiled;
        const text = machineText(machine);
        const file = join(out, `${name}.asl.json`);
        await writeFile(file, text);
        console.log(
          `${file}  ${Object.keys(machine.States).length} states, ${Buffer.byteLength(text)} bytes`,
        );
        for (const warning of warningsOf(compiled)) console.error(`warning: ${warning}`);
        if (graph) await writeFile(join(out, `${name}.svg`), await pictureOf(compiled, graph));
        if (report) await writeFile(join(out, `${name}.report.json`), reportOf(compiled));
      }
    });

const pictureOf = ({ graph, name }: CompiledWorkflow, detail: 'steps' | 'states'): Promise<string> =>
  drawGraph(graphDot(graph[detail], name));

/** What a person who reviews a workflow wants to know beside its machine. */
function reportOf(compiled: CompiledWorkflow): string {
  const { name, permissions, limits, schemas, unchecked } = compiled;
  const warnings = warningsOf(compiled);
  return `${JSON.stringify({ name, warnings, permissions, limits, schemas, unchecked }, null, 2)}\n`;
}
