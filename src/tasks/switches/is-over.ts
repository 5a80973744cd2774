import type { GetScheduleCommandOutput } from '@aws-sdk/client-scheduler';

const ONCE = /^at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)$/;

/**
 * Whether a schedule will never fire again: its only time has passed, or its end has. A one-time schedule's time is in
 * its own time zone, and its end is ignored (API_GetSchedule).
 * @param now milliseconds since the epoch.
 */
export function isOver(
  {
    ScheduleExpression = '',
    ScheduleExpressionTimezone = 'UTC',
    EndDate,
  }: Pick<GetScheduleCommandOutput, 'ScheduleExpression' | 'ScheduleExpressionTimezone' | 'EndDate'>,
  now: number,
): boolean {
  const [, only] = ONCE.exec(ScheduleExpression) ?? [];
  if (only !== undefined) return only <= localTime(now, ScheduleExpressionTimezone);
  return EndDate !== undefined && EndDate.getTime() <= now;
}

/**
 * The same, and its flexible time window is over, too: within that, it may fire later than its time (EventBridge Scheduler
 * guide, "Configuring flexible time windows").
 * @param now milliseconds since the epoch.
 */
export function firesNoMore(
  {
    FlexibleTimeWindow,
    ...schedule
  }: Parameters<typeof isOver>[0] & Pick<GetScheduleCommandOutput, 'FlexibleTimeWindow'>,
  now: number,
): boolean {
  return isOver(schedule, now - (FlexibleTimeWindow?.MaximumWindowInMinutes ?? 0) * 60_000);
}

/** A time as clocks in a time zone show it, in the form of a schedule's: `2026-11-22T04:14:07`. */
function localTime(time: number, timeZone: string): string {
  // Sweden's way to write a date and a time is that of ISO 8601, but for a space.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
    .format(time)
    .replace(' ', 'T');
}
