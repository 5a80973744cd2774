import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Chain, longWorkflows } from './long-workflow.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface TypeCheck {
  readonly steps: number;
  /** How many types the compiler made by filling in type parameters: the same on every machine. */
  readonly instantiations: number;
  /** The compiler's own total, with reading the language, zod and Node's types. */
  readonly seconds: number;
}

/**
 * Checks these workflows, of so many steps each, with TypeScript's own compiler, in a process of its own.
 * @throws Error with the compiler's words when it does not compile.
 */
export function checkTypes(chains: readonly Chain[], steps: number): TypeCheck {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-types-'));
  try {
    writeFileSync(join(folder, 'workflows.ts'), longWorkflows(chains, steps));
    const config = {
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        noUnusedLocals: false,
        noUnusedParameters: false,
        typeRoots: [join(root, 'node_modules/@types')],
      },
      include: ['workflows.ts'],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const { status, stdout } = spawnSync(
      join(root, 'node_modules/.bin/tsc'),
      ['--project', folder, '--extendedDiagnostics', '--pretty', 'false'],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`workflows of ${steps} steps do not compile:\n${stdout}`);
    return {
      steps,
      instantiations: diagnostic(stdout, /Instantiations:\s+(\d+)/),
      seconds: diagnostic(stdout, /Total time:\s+([\d.]+)s/),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function diagnostic(report: string, line: RegExp): number {
  const value = line.exec(report)?.[1];
  if (value === undefined) throw new Error(`the compiler does not report ${line.source}:\n${report}`);
  return Number(value);
}
