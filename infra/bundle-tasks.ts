import { buildSync } from 'esbuild';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tasks } from './tasks.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A task's folder under src/tasks: `AcquireLock` lives in `acquire-lock`. */
const folderOf = (task: string) => task.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();

/** Where a task's Lambda entry is. */
export const entryOf = (task: string): string => here(`../src/tasks/${folderOf(task)}/handler.ts`);

let bundles: ReadonlyMap<string, Uint8Array> | undefined;

/**
 * A task's code as one ES module, SDK included. All tasks are bundled together, once per process.
 * @throws Error when the task's handler cannot be bundled, in esbuild's words.
 */
export function bundleOf(task: string): Uint8Array {
  bundles ??= bundle();
  const code = bundles.get(task);
  if (code === undefined)
    throw new Error(`${task}: is no task that could be bundled; add it to src/tasks/index.ts`);
  return code;
}

function bundle(): ReadonlyMap<string, Uint8Array> {
  const { outputFiles } = buildSync({
    entryPoints: Object.fromEntries(tasks.map(({ taskName }) => [`${taskName}/index`, entryOf(taskName)])),
    outdir: here('.'),
    write: false,
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
  return new Map(outputFiles.map(({ path, contents }) => [basename(dirname(path)), contents]));
}
