/** What a contender's work took. */
export interface Spent {
  readonly seconds: number;
  /** Of all threads of the process. */
  readonly cpuSeconds: number;
  /** The largest resident memory that the process ever had. */
  readonly peakMiB: number;
}

/** Measures a piece of work in this process. */
export async function measured<T>(work: () => Promise<T>): Promise<Spent & { readonly answer: T }> {
  const begun = process.hrtime.bigint();
  const before = process.cpuUsage();
  const answer = await work();
  const { user, system } = process.cpuUsage(before);
  return {
    answer,
    seconds: Number(process.hrtime.bigint() - begun) / 1e9,
    cpuSeconds: (user + system) / 1e6,
    peakMiB: process.resourceUsage().maxRSS / 1024,
  };
}
