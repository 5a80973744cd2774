import { build } from 'esbuild';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { leanSdk } from './lean-sdk.ts';
import { tasks } from './tasks.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A task's folder under src/tasks: `AcquireLock` lives in `acquire-lock`. */
const folderOf = (task: string) => task.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();

/** Where a task's Lambda entry is. */
export const entryOf = (task: string): string => here(`../src/tasks/${folderOf(task)}/handler.ts`);

/** All tasks' code, by task, made when this module is loaded: CDK asks for it in a call that cannot wait. */
const bundles = await bundle();

/** A task's code as one ES module, with what it uses of the SDK. */
export function bundleOf(task: string): Uint8Array {
  const code = bundles.get(task);
  if (code === undefined)
    throw new Error(`${task}: is no task that could be bundled; add it to src/tasks/index.ts`);
  return code;
}

/** @throws Error when a task's handler cannot be bundled, in esbuild's words. */
async function bundle(): Promise<ReadonlyMap<string, Uint8Array>> {
  const { outputFiles } = await build({
    entryPoints: Object.fromEntries(tasks.map(({ taskName }) => [`${taskName}/index`, entryOf(taskName)])),
    outdir: here('.'),
    write: false,
    bundle: true,
    minify: true,
    legalComments: 'none',
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // The SDK's CommonJS builds, which a Node bundle takes by default, are half as large again.
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': here('./lambda-credentials.ts') },
    plugins: [leanSdk],
    // CommonJS packages inside an ES module still call require for Node's own modules.
    banner: {
      js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  return new Map(outputFiles.map(({ path, contents }) => [basename(dirname(path)), contents]));
}
