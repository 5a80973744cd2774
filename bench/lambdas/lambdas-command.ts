import { Command } from 'commander';
import { bundleOf } from '../../infra/bundle-tasks.ts';
import { tasks } from '../../infra/tasks.ts';
import { table } from '../table.ts';
import { writeRows } from '../write-rows.ts';
import { measureImport } from './measure-import.ts';

export const lambdasCommand = (): Command =>
  new Command('lambdas')
    .description("how large each task's bundle is, and what its import costs a fresh process")
    .option('--out <file>', 'write the rows as JSON')
    .option('--rounds <number>', 'how many processes a bundle', Number, 21)
    .action((options: { readonly out?: string; readonly rounds: number }) => {
      const bundles = tasks.map(({ taskName }) => [taskName, bundleOf(taskName)] as const);
      const modules = new Map([['empty module', new Uint8Array()] as const, ...bundles]);
      const rows = measureImport(modules, options.rounds);
      console.log(table(rows.map((row) => ({ ...row }))));
      if (options.out !== undefined) writeRows(options.out, { bench: 'lambdas', rows });
    });
