import type { ExpressionNode, ReferenceNode, TemplateNode } from '../ast/expression-node.ts';
import type { CallNode } from '../ast/step-node.ts';
import type { Assignments, Draft, DraftFlow } from './draft.ts';

/** Rewrites every reference in an expression. */
export function mapReferences(
  node: ExpressionNode,
  change: (reference: ReferenceNode) => ExpressionNode,
): ExpressionNode {
  switch (node.kind) {
    case 'reference':
      return change(node);
    case 'literal':
    case 'raw':
      return node;
    case 'operation':
      return { ...node, operands: node.operands.map((operand) => mapReferences(operand, change)) };
    case 'each':
      return { ...node, list: mapReferences(node.list, change), body: mapReferences(node.body, change) };
    case 'template':
      return { ...node, template: mapTemplate(node.template, (value) => mapReferences(value, change)) };
  }
}

/** Rewrites every expression in a template. */
export function mapTemplate(
  node: TemplateNode,
  change: (value: ExpressionNode) => ExpressionNode,
): TemplateNode {
  switch (node.kind) {
    case 'value':
      return { kind: 'value', value: change(node.value) };
    case 'list':
      return { kind: 'list', items: node.items.map((item) => mapTemplate(item, change)) };
    case 'object':
      return { kind: 'object', fields: mapValues(node.fields, (field) => mapTemplate(field, change)) };
  }
}

/** Rewrites every expression of a flow, those of nested flows included. */
export function mapExpressions(
  flow: DraftFlow,
  change: (value: ExpressionNode) => ExpressionNode,
): DraftFlow {
  const template = (node: TemplateNode) => mapTemplate(node, change);
  const assign = (assignments: Assignments) => mapValues(assignments, template);
  const call = (node: CallNode): CallNode => ({ ...node, arguments: template(node.arguments) });
  const state = (draft: Draft): Draft => {
    switch (draft.type) {
      case 'Task':
        return {
          ...draft,
          call: call(draft.call),
          assign: assign(draft.assign),
          catches: draft.catches.map((one) => ({ ...one, assign: assign(one.assign) })),
        };
      case 'Pass':
        return { ...draft, assign: assign(draft.assign) };
      case 'Choice':
        return { ...draft, choices: draft.choices.map((one) => ({ ...one, when: change(one.when) })) };
      case 'Wait':
        return { ...draft, seconds: change(draft.seconds) };
      case 'Parallel':
        return {
          ...draft,
          branches: draft.branches.map((branch) => mapExpressions(branch, change)),
          assign: assign(draft.assign),
        };
      case 'Map':
        return {
          ...draft,
          items: change(draft.items),
          select: assign(draft.select),
          body: mapExpressions(draft.body, change),
          assign: assign(draft.assign),
        };
      case 'Succeed':
        return { ...draft, output: template(draft.output) };
      case 'Fail':
        return { ...draft, error: change(draft.error), cause: change(draft.cause) };
    }
  };
  return { startAt: flow.startAt, states: flow.states.map(state) };
}

/** The variables that a flow reads, nested flows included; not `$states`, nor parameters of map and filter. */
export function variablesRead(flow: DraftFlow): ReadonlySet<string> {
  const read = new Set<string>();
  const parameters = new Set<string>();
  const visit = (node: ExpressionNode): ExpressionNode => {
    if (node.kind === 'each') parameters.add(node.parameter);
    if (node.kind === 'operation') node.operands.forEach(visit);
    if (node.kind === 'each') [node.list, node.body].forEach(visit);
    if (node.kind === 'template') mapTemplate(node.template, visit);
    if (node.kind === 'reference') read.add(node.variable);
    return node;
  };
  mapExpressions(flow, visit);
  return new Set([...read].filter((name) => name !== 'states' && !parameters.has(name)));
}

/** The variables that a flow's own scope assigns: not those of nested branches and iterations. */
export function variablesAssigned(flow: DraftFlow): ReadonlySet<string> {
  const names = flow.states.flatMap((draft) => [
    ...('assign' in draft ? Object.keys(draft.assign) : []),
    ...('catches' in draft ? draft.catches.flatMap((one) => Object.keys(one.assign)) : []),
  ]);
  return new Set(names);
}

export function mapValues<T, U>(
  record: { readonly [key: string]: T },
  change: (value: T) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
