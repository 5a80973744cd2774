import * as z from 'zod';
import type { StoredEvent } from '../executions/execution-record.ts';
import { operation } from '../operation.ts';
import { pageSize, placeOf, tokenFor } from '../paging.ts';
import * as part from '../request-parts.ts';
import { findExecution } from './execution.ts';

export const GetExecutionHistory = operation(
  z.strictObject({
    executionArn: part.arn,
    reverseOrder: z.boolean().optional(),
    includeExecutionData: z.boolean().optional(),
    ...part.paging,
  }),
  ({ executionArn, reverseOrder = false, includeExecutionData = true, ...paging }, service) => {
    const { events } = service.executions.body(findExecution(executionArn, service));
    // Newest first from the newest that there was when the first page was asked for.
    const question = `history ${executionArn} ${reverseOrder}`;
    const start = placeOf(paging, question) ?? (reverseOrder ? events.length : 0);
    const size = pageSize(paging);
    const end = reverseOrder ? Math.max(start - size, 0) : Math.min(start + size, events.length);
    const page = reverseOrder ? events.slice(end, start).reverse() : events.slice(start, end);
    const more = reverseOrder ? end > 0 : end < events.length;
    return {
      events: page.map((event) => shownEvent(event, includeExecutionData)),
      ...(more ? { nextToken: tokenFor(end, question) } : {}),
    };
  },
);

/** What an event shows of data, and leaves out when it is not asked for. */
const dataMembers = new Set(['input', 'output', 'parameters', 'assignedVariables']);

function shownEvent(event: StoredEvent, withData: boolean): object {
  if (withData) return event;
  return Object.fromEntries(
    Object.entries(event).map(([member, details]: [string, unknown]) => {
      if (typeof details !== 'object' || details === null) return [member, details];
      return [member, Object.fromEntries(Object.entries(details).filter(([name]) => !dataMembers.has(name)))];
    }),
  );
}
