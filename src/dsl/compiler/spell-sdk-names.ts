import { type OperationSchema, toStepFunctionsPath } from '../asl/sdk-naming.ts';
import { operationSchema } from '../asl/sdk-operations.ts';
import { DefinitionError } from '../ast/definition-error.ts';
import type { ExpressionNode, TemplateNode } from '../ast/expression-node.ts';
import type { Draft, DraftFlow, MapDraft, TaskDraft } from './draft.ts';
import { mapExpressions, mapTemplate } from './walk.ts';

/** Where in which operation's response a variable's value comes from. */
interface Origin {
  readonly schema: OperationSchema;
  readonly path: readonly (string | number)[];
}

/** Variables with their origins; undefined for those that no SDK call gave. */
type Origins = ReadonlyMap<string, Origin | undefined>;

/**
 * Authors write the SDK's names; Step Functions answers in its own (`SSEDescription` is `SseDescription`). Here
 * the references to results of SDK calls, and to the elements of their lists, are spelled as the integration
 * spells them.
 */
export function spellSdkNames(flow: DraftFlow): DraftFlow {
  return spellFlow(flow, new Map());
}

function spellFlow(flow: DraftFlow, outer: Origins): DraftFlow {
  const origins = withResults(flow, outer);
  return { startAt: flow.startAt, states: flow.states.map((draft) => spellDraft(draft, origins)) };
}

function spellDraft(draft: Draft, origins: Origins): Draft {
  const own = <D extends Draft>(one: D): D =>
    mapExpressions({ startAt: '', states: [one] }, (node) => spell(node, origins)).states[0] as D;
  if (draft.type === 'Parallel')
    return {
      ...own({ ...draft, branches: [] }),
      branches: draft.branches.map((branch) => spellFlow(branch, origins)),
    };
  if (draft.type !== 'Map') return own(draft);
  const empty: DraftFlow = { startAt: '', states: [] };
  return { ...own({ ...draft, body: empty }), body: spellFlow(draft.body, withElement(draft, origins)) };
}

/** The origins within a flow: those around it, and its own steps' results. */
function withResults(flow: DraftFlow, outer: Origins): Origins {
  const origins = new Map(outer);
  const here = new Set<string>();
  for (const draft of flow.states) {
    if (!('catches' in draft)) continue;
    const origin = draft.type === 'Task' ? resultOrigin(draft) : undefined;
    for (const [variable, template] of Object.entries(draft.assign)) {
      if (!isResult(template)) continue;
      if (here.has(variable) && origins.get(variable)?.schema !== origin?.schema)
        throw new DefinitionError(
          `${draft.name}: another step named '${variable}' calls something else; give one of them a new name`,
        );
      here.add(variable);
      origins.set(variable, origin);
    }
  }
  return origins;
}

/** @throws DefinitionError for an action that the service does not have. */
function resultOrigin({ call, name }: TaskDraft): Origin | undefined {
  if (call.kind !== 'sdk') return undefined;
  const schema = operationSchema(call.service, call.action);
  if (schema === undefined)
    throw new DefinitionError(
      `${name}: the installed client of '${call.service}' has no action '${call.action}'; check its spelling`,
    );
  return { schema, path: [] };
}

const isResult = (template: TemplateNode): boolean =>
  template.kind === 'value' &&
  template.value.kind === 'reference' &&
  template.value.variable === 'states' &&
  template.value.path[0] === 'result';

/** The origins within a map's body: its element comes from where its list does. */
function withElement(map: MapDraft, origins: Origins): Origins {
  const [as] = Object.keys(map.select);
  return as === undefined ? origins : new Map(origins).set(as, elementOf(map.items, origins));
}

function elementOf(list: ExpressionNode, origins: Origins): Origin | undefined {
  const origin = originOf(list, origins);
  return origin && { ...origin, path: [...origin.path, 0] };
}

function originOf(node: ExpressionNode, origins: Origins): Origin | undefined {
  if (node.kind === 'each' && node.function === 'filter') return originOf(node.list, origins);
  if (node.kind === 'operation' && node.operator === 'orElse')
    return node.operands[0] && originOf(node.operands[0], origins);
  if (node.kind !== 'reference') return undefined;
  const origin = origins.get(node.variable);
  return origin && { ...origin, path: [...origin.path, ...node.path] };
}

function spell(node: ExpressionNode, origins: Origins): ExpressionNode {
  switch (node.kind) {
    case 'reference': {
      const origin = origins.get(node.variable);
      if (origin === undefined) return node;
      const whole = toStepFunctionsPath(origin.schema, 'output', [...origin.path, ...node.path]);
      return { ...node, path: whole.slice(origin.path.length).map(String) };
    }
    case 'literal':
    case 'raw':
      return node;
    case 'operation':
      return { ...node, operands: node.operands.map((operand) => spell(operand, origins)) };
    case 'each': {
      const inner = new Map(origins).set(node.parameter, elementOf(node.list, origins));
      return { ...node, list: spell(node.list, origins), body: spell(node.body, inner) };
    }
    case 'template':
      return { ...node, template: mapTemplate(node.template, (value) => spell(value, origins)) };
  }
}
