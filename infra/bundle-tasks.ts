import { buildSync } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tasks } from './tasks.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A task's folder under src/tasks: `AcquireLock` lives in `acquire-lock`. */
const folderOf = (task: string) => task.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();

/** Where a task's Lambda entry is. */
export const entryOf = (task: string): string => here(`../src/tasks/${folderOf(task)}/handler.ts`);

let bundled: string | undefined;

/**
 * Bundles every task's code, SDK included, once per process.
 * @returns the folder that holds a folder `<Task>` with `index.mjs` for each; it goes when the process ends.
 */
export function bundleTasks(): string {
  bundled ??= bundle();
  return bundled;
}

function bundle(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-tasks-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  buildSync({
    entryPoints: Object.fromEntries(tasks.map(({ taskName }) => [`${taskName}/index`, entryOf(taskName)])),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    legalComments: 'none',
    platform: 'node',
    target: 'node22',
    format: 'esm',
    // The SDK's CommonJS builds, which a Node bundle takes by default, are half as large again.
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': here('./lambda-credentials.ts') },
    // CommonJS packages inside an ES module still call require for Node's own modules.
    banner: {
      js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  return folder;
}
