import { functionNameOf } from '../arn.ts';
import { unknownOperation } from '../aws-error.ts';
import type { FunctionRegistry } from './function-registry.ts';
import { pageOf } from './page.ts';
import { readBody } from '../rest/read-body.ts';
import type { RestOperations } from '../rest/rest-service.ts';

/** "Lambda returns a maximum of 100 items in each response" (API reference, ListEventSourceMappings). */
const MAPPINGS_PER_PAGE = 100;

interface MappingTiming {
  readonly clock: { now(): number };
  /** How long a mapping is Enabling or Disabling, in milliseconds. */
  readonly switchDuration: number;
}

/** ListEventSourceMappings, GetEventSourceMapping and UpdateEventSourceMapping (its `Enabled` only). */
export function mappingOperations(
  registry: FunctionRegistry,
  { clock, switchDuration }: MappingTiming,
): RestOperations {
  return {
    ListEventSourceMappings({ query }) {
      const functionName = query.get('FunctionName');
      const wanted = functionName === null ? undefined : functionNameOf(functionName);
      const source = query.get('EventSourceArn');
      const matching = registry
        .mappings()
        .filter(
          (mapping) =>
            (wanted === undefined || functionNameOf(mapping.functionArn) === wanted) &&
            (source === null || mapping.eventSourceArn === source),
        );
      const { entries, nextMarker } = pageOf(matching, query, MAPPINGS_PER_PAGE);
      const described = entries.map((mapping) => mapping.describe(clock.now()));
      return { output: { EventSourceMappings: described, NextMarker: nextMarker } };
    },

    GetEventSourceMapping({ subject }) {
      return { output: registry.mapping(subject).describe(clock.now()) };
    },

    UpdateEventSourceMapping({ subject, body }) {
      const mapping = registry.mapping(subject);
      const { Enabled: enabled, ...others } = readBody(body);
      if (typeof enabled !== 'boolean' || Object.keys(others).length > 0)
        throw unknownOperation('Lambda.UpdateEventSourceMapping of anything but Enabled');
      const now = clock.now();
      mapping.switch(enabled, { now, settlesAt: now + switchDuration });
      return { status: 202, output: mapping.describe(now) };
    },
  };
}
