/** What happens when in a rehearsal: milliseconds since the epoch, virtual. */
export const TIMELINE = {
  /** The application is installed, and its users begin to work. */
  installed: Date.UTC(2026, 10, 2, 1, 0),
  /** The last second that is known to be good. */
  restorePoint: Date.UTC(2026, 10, 2, 1, 20),
  /** The bad upload. */
  damaged: Date.UTC(2026, 10, 2, 1, 25),
  /** The recovery begins. */
  noticed: Date.UTC(2026, 10, 2, 1, 35),
} as const;
