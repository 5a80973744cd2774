import { compile, type CompiledWorkflow } from '../src/dsl/compiler/compile.ts';
import { resetTable } from '../src/workflow/reset-table.ts';
import { restoreTable } from '../src/workflow/restore-table.ts';
import { rewind } from '../src/workflow/rewind.ts';
import { verifyTable } from '../src/workflow/verify-table.ts';

/** The workflow that an engineer starts; the others are its children. */
export const MAIN_WORKFLOW = rewind.node.name;

/** Every workflow, compiled; children stand before the parents that start them. */
export const workflows: readonly CompiledWorkflow[] = [restoreTable, resetTable, verifyTable, rewind].map(
  (workflow) => compile(workflow),
);
