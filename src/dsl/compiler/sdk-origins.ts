import { spelledPath } from '../asl/sdk-naming.ts';
import { type Schema, PLAIN, schemaOf } from '../asl/sdk-schema.ts';
import { missingClient, sdkModel } from '../asl/sdk-model.ts';
import { DefinitionError } from '../ast/definition-error.ts';
import type { ExpressionNode, OperationNode, ReferenceNode, TemplateNode } from '../ast/expression-node.ts';
import type { SdkCallNode } from '../ast/step-node.ts';
import type { Draft, DraftFlow, MapDraft, TaskDraft } from './draft.ts';

/** Variables with what they are in an SDK's answer; undefined for those that no SDK call gave. */
export type Origins = ReadonlyMap<string, Schema | undefined>;

/** What the state itself was answered stands among the variables under this name, which none can have. */
const ANSWER = 'states.result';

/** The origins within a state, which reads its own call's answer as `$states.result`. */
export const withAnswer = (draft: Draft, origins: Origins): Origins =>
  draft.type === 'Task' ? new Map(origins).set(ANSWER, resultOrigin(draft)) : origins;

/** Which variable a reference reads, or the state's answer, and the path within that; `above` is in front of it. */
export function rootOf({ variable, path }: ReferenceNode): {
  readonly root: string;
  readonly above: readonly string[];
  readonly within: readonly string[];
} {
  const own = variable === 'states' && path[0] === 'result';
  return own
    ? { root: ANSWER, above: path.slice(0, 1), within: path.slice(1) }
    : { root: variable, above: [], within: path };
}

/** The origins within a flow: those around it, and its own steps' results. */
export function withResults(flow: DraftFlow, outer: Origins): Origins {
  const origins = new Map(outer);
  const here = new Set<string>();
  for (const draft of flow.states) {
    if (!('catches' in draft)) continue;
    const origin = draft.type === 'Task' ? resultOrigin(draft) : undefined;
    for (const [variable, template] of Object.entries(draft.assign)) {
      if (!isResult(template)) {
        const part = partOfAnswer(draft, template, origins);
        if (part !== undefined) origins.set(variable, part);
        continue;
      }
      if (here.has(variable) && origins.get(variable) !== origin)
        throw new DefinitionError(
          `${draft.name}: another step named '${variable}' calls something else; give one of them a new name`,
        );
      here.add(variable);
      origins.set(variable, origin);
    }
  }
  return origins;
}

/** What of its answer a state keeps beside the result itself: the cursor of a repetition. */
const partOfAnswer = (draft: Draft, template: TemplateNode, origins: Origins): Schema | undefined =>
  draft.type === 'Task' && template.kind === 'value'
    ? originOf(template.value, withAnswer(draft, origins))
    : undefined;

/** The answer to a task token is whoever's, not the service's. */
const resultOrigin = ({ call, name }: TaskDraft): Schema | undefined =>
  call.kind === 'sdk' && call.waitsFor !== 'token' ? schemaOf(operationOf(call, name), 'output') : undefined;

/** @throws DefinitionError when the service's client is not installed or has no such action. */
export function operationOf({ service, action }: SdkCallNode, place: string): readonly unknown[] {
  const model = sdkModel(service);
  if (model === undefined) throw new DefinitionError(`${place}: ${missingClient(service)}`);
  const operation = model.operation(action);
  if (operation === undefined)
    throw new DefinitionError(
      `${place}: the installed client of '${service}' has no action '${action}'; check its spelling`,
    );
  return operation;
}

/** Whether a template is what the state's own call answered. */
const isResult = (template: TemplateNode): boolean =>
  template.kind === 'value' &&
  template.value.kind === 'reference' &&
  template.value.variable === 'states' &&
  template.value.path[0] === 'result';

/** The origins within a map's body: its element, or its batch of them, comes from where its list does. */
export function withElement({ items, element, batch }: MapDraft, origins: Origins): Origins {
  if (items.kind === 'itemSource') return new Map(origins).set(element, undefined);
  return new Map(origins).set(element, batch ? originOf(items, origins) : elementOf(items, origins));
}

/** What the elements of a list are. */
export const elementOf = (list: ExpressionNode, origins: Origins): Schema | undefined =>
  element(originOf(list, origins));

const element = (list: Schema | undefined): Schema | undefined =>
  list?.kind === 'collection' ? list.of() : list && PLAIN;

/** What an expression gives, when it gives a part of an SDK's answer. */
export function originOf(node: ExpressionNode, origins: Origins): Schema | undefined {
  switch (node.kind) {
    case 'reference': {
      const { root, within } = rootOf(node);
      return at(origins.get(root), within);
    }
    case 'operation':
      return operationOrigin(node, origins);
    case 'each': {
      if (node.function !== 'map') return originOf(node.list, origins);
      const each = originOf(node.body, new Map(origins).set(node.parameter, elementOf(node.list, origins)));
      return each && { kind: 'collection', form: 'list', of: () => each };
    }
    case 'literal':
    case 'raw':
    case 'pick':
    case 'template':
      return undefined;
  }
}

/** Operators whose result is their first operand, or elements of it. */
const SAME = new Set(['orElse', 'reverse', 'distinct', 'append']);

function operationOrigin({ operator, operands }: OperationNode, origins: Origins): Schema | undefined {
  const [first, second, third] = operands;
  if (first === undefined) return undefined;
  const origin = originOf(first, origins);
  if (operator === 'at' || operator === 'flatten') return element(origin);
  if (operator === 'choose')
    return (second && originOf(second, origins)) ?? (third && originOf(third, origins));
  if (SAME.has(operator)) return origin;
  if (operator !== 'field' && operator !== 'lookup') return undefined;
  if (origin?.kind === 'collection') return origin.of();
  const name = fieldName(second);
  return name === undefined ? undefined : at(origin, [name]);
}

/** A field's name that is known at definition. */
export const fieldName = (node: ExpressionNode | undefined): string | undefined =>
  node?.kind === 'literal' && typeof node.value === 'string' ? node.value : undefined;

const at = (origin: Schema | undefined, path: readonly string[]): Schema | undefined =>
  origin && spelledPath(origin, path).schema;
