import { itemProcessorOf } from '../../asl/item-processor.ts';
import type { Json, MapState } from '../../asl/machine.ts';
import type { Outcome } from '../outcome.ts';
import type { Process } from '../request.ts';
import { StateFailure } from '../state-failure.ts';
import { itemInputs, itemsOf, maximumConcurrency, stateItems, type MapItem } from '../states/map-items.ts';
import { childInputs } from '../states/map-run/child-inputs.ts';
import { evaluateReader } from '../states/map-run/item-reader.ts';
import { parseDataset } from '../states/map-run/parse-dataset.ts';
import { evaluateTolerance, exceeds, intolerable } from '../states/map-run/tolerance.ts';
import type { Visit } from '../visit.ts';
import type { Notes } from './inspection.ts';
import type { ReadMock } from './read-request.ts';
import type { StateConfiguration } from './request.ts';
import { invalidRequest } from './test-state-error.ts';

/** The mock's result, or its error thrown. */
export function mockedResult(mock: ReadMock): Json {
  if (mock.kind === 'error') throw new StateFailure(mock.error, mock.cause);
  return mock.result;
}

interface MapMock {
  readonly mock: ReadMock;
  readonly configuration: StateConfiguration;
  readonly notes: Notes;
}

/**
 * A Map whose iterations are mocked: its fields are evaluated as ever, and none of it runs. Without a tolerance no
 * number of failed iterations fails it (seen on AWS).
 */
export function* performMockedMap(
  state: MapState,
  visit: Visit,
  { mock, configuration, notes }: MapMock,
): Process<Outcome> {
  const items = yield* itemsFor(state, visit, configuration);
  if (state.ItemReader?.ReaderConfig?.ItemsPointer !== undefined)
    notes.afterItemsPointer = items.map(({ Value }) => Value);
  if (state.ItemReader === undefined && jsonPathOnly(state, visit))
    notes.afterItemsPath = items.map(({ Value }) => Value);
  notes.maxConcurrency = yield* maximumConcurrency(state, visit);
  if (visit.language.itemTemplate(state) !== undefined)
    notes.afterItemSelector = yield* itemInputs(state, visit, items);
  const inputs = (yield* childInputs(state, visit, items)).map(({ input }) => input);
  if (state.ItemBatcher !== undefined) notes.afterItemBatcher = inputs.map(shownBatch);
  const tolerance = yield* evaluateTolerance(state, visit);
  if (sets(state, 'ToleratedFailureCount')) notes.toleratedFailureCount = tolerance.count;
  if (sets(state, 'ToleratedFailurePercentage')) notes.toleratedFailurePercentage = tolerance.percentage;
  const { mapIterationFailureCount: failed = 0 } = configuration;
  if (failed > inputs.length)
    throw invalidRequest(
      'Map iteration failure count must be less than or equal to the number of Map iterations',
    );
  const result = mockedResult(mock);
  const tolerates = tolerance.count > 0 || tolerance.percentage > 0;
  if (tolerates && exceeds(failed, inputs.length, tolerance)) throw intolerable();
  return { next: state.Next, producer: state, result };
}

function* itemsFor(
  state: MapState,
  visit: Visit,
  { mapItemReaderData: data }: StateConfiguration,
): Process<readonly MapItem[]> {
  if (state.ItemReader === undefined) {
    const distributed = itemProcessorOf(state).ProcessorConfig?.Mode === 'DISTRIBUTED';
    return yield* stateItems(state, visit, distributed ? 'distributed' : 'inline');
  }
  if (data === undefined)
    throw invalidRequest(
      'ItemReader data must be specified when testing a Map state with ItemReader specified.',
    );
  const reading = yield* evaluateReader(state.ItemReader, visit);
  const format = reading.action === 'listObjectsV2' ? ({ InputType: 'JSON' } as const) : reading.config;
  const source = `S3://${reading.bucket}/${reading.key}`;
  const items = itemsOf(parseDataset(data, format, reading.takesObjects), source);
  return reading.maxItems > 0 ? items.slice(0, reading.maxItems) : items;
}

/** TestState shows the items of a batch as JSON text, though a child execution gets their values. */
function shownBatch(batch: Json): Json {
  const { Items, ...rest } = batch as { readonly Items: readonly Json[] };
  return { ...rest, Items: Items.map((item) => JSON.stringify(item)) };
}

const jsonPathOnly = (state: MapState, { queryLanguage }: Visit): boolean =>
  (state.QueryLanguage ?? queryLanguage) === 'JSONPath';

const sets = (state: MapState, field: string): boolean => field in state || `${field}Path` in state;
