import type { Json } from '../../asl/machine.ts';
import type { InspectionData } from './inspection.ts';
import type { TestStateResult } from './test-state.ts';

/**
 * A result as the TestState API answers over HTTP: the output and most of the inspection data as JSON text.
 *
 * @example
 * const { output } = testStateResponse(await testState({ definition: { Type: 'Succeed' } }));
 * output; // → "{}"
 */
export function testStateResponse({ output, inspectionData, ...rest }: TestStateResult): {
  readonly [field: string]: unknown;
} {
  return {
    ...rest,
    ...(output === undefined ? {} : { output: JSON.stringify(output) }),
    ...(inspectionData === undefined ? {} : { inspectionData: inText(inspectionData) }),
  };
}

/** What the API has as numbers or structures. */
const structured = [
  'maxConcurrency',
  'toleratedFailureCount',
  'toleratedFailurePercentage',
  'errorDetails',
  'request',
  'response',
];

const inText = (data: InspectionData) =>
  Object.fromEntries(
    Object.entries(data).map(([field, value]: [string, Json]) => [
      field,
      structured.includes(field) ? value : JSON.stringify(value),
    ]),
  );
