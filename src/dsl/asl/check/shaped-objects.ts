import type { JsonObject } from '../machine.ts';
import { isList, isObject, step } from './json-value.ts';
import type { Language } from './language.ts';
import type { MachineTree, StateNode } from './machine-tree.ts';
import {
  branchShape,
  catcherShape,
  conditionShape,
  itemBatcherShape,
  itemReaderShape,
  machineShape,
  processorConfigShape,
  processorShape,
  readerConfigShape,
  resultWriterShape,
  retrierShape,
  type Shape,
  stateShape,
  writerConfigShape,
} from './shape.ts';

/** An object of the machine, and the shape it should have. */
export interface ShapedObject {
  /** The state it is in or is. */
  readonly name: string;
  readonly place: string;
  readonly value: unknown;
  readonly shape: Shape;
  readonly language: Language;
  /** What it is, in words. */
  readonly what: string;
}

/** Every object of a machine whose fields the language lays down; not the rules of a JSONPath Choice. */
export function shapedObjects({ definition, flow, states }: MachineTree): readonly ShapedObject[] {
  const language = definition.QueryLanguage === 'JSONata' ? 'JSONata' : 'JSONPath';
  const root = {
    name: flow.name,
    place: '',
    value: definition,
    shape: machineShape,
    language,
    what: 'a machine',
  } as const;
  return [root, ...states.flatMap(withinState)];
}

function withinState(state: StateNode): readonly ShapedObject[] {
  const { name, place, value, language, type } = state;
  const shape = stateShape(type);
  if (shape === undefined) return [];
  const part = (at: string, one: unknown, [partShape, what]: readonly [Shape, string]): ShapedObject[] =>
    one === undefined ? [] : [{ name, place: place + at, value: one, shape: partShape, language, what }];
  const parts = (field: string, known: readonly [Shape, string]) => {
    const list = value[field];
    return isList(list) ? list.flatMap((one, index) => part(`/${field}${step(index)}`, one, known)) : [];
  };
  const nested = (field: string, inner: string, known: readonly [Shape, string]) =>
    part(`/${field}/${inner}`, member(value[field], inner), known);
  const within: Readonly<Record<string, () => ShapedObject[]>> = {
    Task: () => failing(parts),
    Choice: () => (language === 'JSONata' ? parts('Choices', [conditionShape, 'a rule']) : []),
    Parallel: () => [...failing(parts), ...parts('Branches', [branchShape, 'a branch'])],
    Map: () => [
      ...failing(parts),
      ...['ItemProcessor', 'Iterator'].flatMap((field) => [
        ...(isObject(value[field]) ? part(`/${field}`, value[field], [processorShape, "a map's body"]) : []),
        ...nested(field, 'ProcessorConfig', [processorConfigShape, 'a ProcessorConfig']),
      ]),
      ...(isObject(value.ItemReader)
        ? part('/ItemReader', value.ItemReader, [itemReaderShape, 'an ItemReader'])
        : []),
      ...nested('ItemReader', 'ReaderConfig', [readerConfigShape, 'a ReaderConfig']),
      ...(isObject(value.ItemBatcher)
        ? part('/ItemBatcher', value.ItemBatcher, [itemBatcherShape, 'an ItemBatcher'])
        : []),
      ...(isObject(value.ResultWriter)
        ? part('/ResultWriter', value.ResultWriter, [resultWriterShape, 'a ResultWriter'])
        : []),
      ...nested('ResultWriter', 'WriterConfig', [writerConfigShape, 'a WriterConfig']),
    ],
  };
  const own = { name, place, value, shape, language, what: `a ${type} state` };
  return [own, ...(within[type]?.() ?? [])];
}

type Parts = (field: string, known: readonly [Shape, string]) => ShapedObject[];

const failing = (parts: Parts): ShapedObject[] => [
  ...parts('Retry', [retrierShape, 'a Retrier']),
  ...parts('Catch', [catcherShape, 'a Catcher']),
];

/** A member that is an object; what is not one is told where its owner's fields are checked. */
function member(owner: unknown, field: string): JsonObject | undefined {
  const value = isObject(owner) ? owner[field] : undefined;
  return isObject(value) ? value : undefined;
}
