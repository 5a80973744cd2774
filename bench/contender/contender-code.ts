import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { bundleOf } from '../../infra/bundle-tasks.ts';

/** Code of contenders as they are measured: bundled, without what compiles TypeScript. */
export interface ContenderCode {
  /** The code of the ResetSegment function, as it is deployed. */
  readonly resetSegment: string;
  /** Bundles another module. */
  readonly bundle: (module: URL) => URL;
  /** Removes the files. */
  readonly remove: () => void;
}

/** Bundles contenders into a temporary folder. */
export function contenderCode(): ContenderCode {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-bench-'));
  const resetSegment = join(folder, 'reset-segment.mjs');
  writeFileSync(resetSegment, bundleOf('ResetSegment'));
  return {
    resetSegment,
    bundle: (module) => {
      const outfile = join(folder, `${module.pathname.split('/').at(-1)}.mjs`);
      buildSync({
        entryPoints: [fileURLToPath(module)],
        outfile,
        bundle: true,
        platform: 'node',
        target: 'node20',
        format: 'esm',
        mainFields: ['module', 'main'],
        banner: {
          js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
        },
        logLevel: 'warning',
      });
      return pathToFileURL(outfile);
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
