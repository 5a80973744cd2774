import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { shown } from './json-value.ts';
import { isTimestamp } from './timestamp.ts';

/** Times of a Wait that are written in no way that is understood. */
export const checkWait: Check = ({ states }) =>
  states.flatMap((state): readonly Fault[] => {
    const { Timestamp: time } = state.value;
    if (state.type !== 'Wait' || typeof time !== 'string' || isTimestamp(time)) return [];
    if (state.language === 'JSONata' && time.startsWith('{%')) return [];
    const problem = `Timestamp must be an RFC 3339 time, got ${shown(time)}`;
    const remedy = "write it as '2026-11-22T12:00:00Z'";
    const awsMessage = 'String does not match RFC3339 timestamp';
    return [{ code: 'bad-timestamp', ...at(state, '/Timestamp'), problem, remedy, awsMessage }];
  });
