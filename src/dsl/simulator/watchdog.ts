// Taken at once: fake timers that a test installs later would never fire, nor would their time pass.
const { setTimeout, clearTimeout, performance } = globalThis;
const now = performance.now.bind(performance);

/** Below this share of one core, a process that waits is idle. */
const idleShare = 0.05;

/** Milliseconds that a timer may be late; by more, the process was stopped in a debugger, or busy. */
const punctual = 1000;

/**
 * Calls `bark` once nothing has happened for `patience` milliseconds of real time: `progress` gave the same and the
 * process used next to no CPU, so that slow work is left alone. Keeps no process alive. Returns its end.
 */
export function watch(
  patience: number,
  { progress, bark }: { readonly progress: () => number; readonly bark: () => void },
): () => void {
  let timer: NodeJS.Timeout;
  const look = () => {
    const [since, seen, cpu] = [now(), progress(), process.cpuUsage()];
    timer = setTimeout(() => {
      const { user, system } = process.cpuUsage(cpu);
      const idle = user + system < patience * 1000 * idleShare && now() - since < patience + punctual;
      if (idle && progress() === seen) bark();
      else look();
    }, patience);
    timer.unref();
  };
  look();
  return () => clearTimeout(timer);
}
