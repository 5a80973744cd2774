/** A whole vCPU comes with this much (Lambda guide, "Configure memory"): reading tables is bound by it. */
const DATA_MEGABYTES = 1769;
/** The others wait for AWS most of the time. */
const CONTROL_MEGABYTES = 512;
/** The tasks that read items of the tables: of those that are not sensitive, and of those that are. */
export const DATA_TASKS: readonly string[] = ['PlanSegment', 'ResetSegment', 'VerifySegment'];
export const SENSITIVE_DATA_TASKS: readonly string[] = [
  'PlanSensitiveSegment',
  'ResetSensitiveSegment',
  'VerifySensitiveSegment',
];

/** Megabytes of memory that a task's function has. */
export const taskMemory = (taskName: string): number =>
  [...DATA_TASKS, ...SENSITIVE_DATA_TASKS].includes(taskName) ? DATA_MEGABYTES : CONTROL_MEGABYTES;
