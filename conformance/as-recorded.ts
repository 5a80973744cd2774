import type { CorpusCase } from './corpus-case.ts';

/**
 * A history as the recorder of the corpus kept one, by what each case tells of its recording: the last event first
 * if it was asked for so; without the ends of Parallels where it sorted the events within them; and its own
 * names for some ARNs.
 */
export function asRecorded(history: readonly object[], given: CorpusCase): readonly object[] {
  const { snapshotKey = '', eventsReordered, placeholders = {} } = given;
  let events = history;
  if (snapshotKey.includes('reverseOrder[True]')) events = [...events].reverse();
  if (eventsReordered === true) events = withoutParallelEnds(events);
  for (const [name, arn] of Object.entries(placeholders))
    events = JSON.parse(JSON.stringify(events).replaceAll(arn, name)) as readonly object[];
  return events;
}

/** The recorder did not know of Parallels within others: only the first end behind each start is missing. */
function withoutParallelEnds(events: readonly object[]): readonly object[] {
  let within = false;
  return events.filter(({ type }: { type?: string }) => {
    const ends = within && (type === 'ParallelStateSucceeded' || type === 'ParallelStateFailed');
    within = type === 'ParallelStateStarted' || (within && !ends);
    return !ends;
  });
}
