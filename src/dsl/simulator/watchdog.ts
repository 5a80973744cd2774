// Taken at once: fake timers that a test installs later would never fire.
const { setTimeout, clearTimeout } = globalThis;

/** Below this share of one core, a process that waits is idle. */
const idleShare = 0.05;

/**
 * Calls `bark` once nothing has happened for `patience` milliseconds of real time: `progress` gave the same and the
 * process used next to no CPU, so that slow work is left alone. Keeps no process alive. Returns its end.
 */
export function watch(
  patience: number,
  { progress, bark }: { readonly progress: () => number; readonly bark: () => void },
): () => void {
  let timer: NodeJS.Timeout;
  const look = (seen: number, cpu: NodeJS.CpuUsage) => {
    timer = setTimeout(() => {
      const { user, system } = process.cpuUsage(cpu);
      const idle = user + system < patience * 1000 * idleShare;
      if (idle && progress() === seen) bark();
      else look(progress(), process.cpuUsage());
    }, patience);
    timer.unref();
  };
  look(progress(), process.cpuUsage());
  return () => clearTimeout(timer);
}
