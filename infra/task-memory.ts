/** A whole vCPU comes with this much (Lambda guide, "Configure memory"): reading tables is bound by it. */
const DATA_MEGABYTES = 1769;
/** The others wait for AWS most of the time. */
const CONTROL_MEGABYTES = 512;
/** The tasks that read items of the tables. */
export const DATA_TASKS: readonly string[] = ['PlanSegment', 'ResetSegment', 'VerifySegment'];

/** Megabytes of memory that a task's function has. */
export const taskMemory = (taskName: string): number =>
  DATA_TASKS.includes(taskName) ? DATA_MEGABYTES : CONTROL_MEGABYTES;
