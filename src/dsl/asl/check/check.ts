import type { Fault } from './finding.ts';
import type { MachineTree } from './machine-tree.ts';

/** Looks for one sort of fault in a machine of any quality; never throws. */
export type Check = (machine: MachineTree) => readonly Fault[];
