import { rmSync } from 'node:fs';
import { COVERAGE_FOLDER } from './coverage-folder.ts';

/** One of vitest's `globalSetup`: what earlier runs have counted is gone. */
export function setup(): void {
  rmSync(COVERAGE_FOLDER, { recursive: true, force: true });
}
