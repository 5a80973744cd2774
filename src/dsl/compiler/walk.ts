import type { ExpressionNode, ReferenceNode, TemplateNode } from '../ast/expression-node.ts';
import type { CallNode } from '../ast/step-node.ts';
import type { Assignments, CatchDraft, Draft, DraftFlow } from './draft.ts';

/** Rewrites every reference in an expression. */
export function mapReferences(
  node: ExpressionNode,
  change: (reference: ReferenceNode) => ExpressionNode,
): ExpressionNode {
  switch (node.kind) {
    case 'reference':
      return change(node);
    case 'literal':
      return node;
    case 'operation':
    case 'raw':
      return { ...node, operands: node.operands.map((operand) => mapReferences(operand, change)) };
    case 'each':
      return { ...node, list: mapReferences(node.list, change), body: mapReferences(node.body, change) };
    case 'pick':
      return { ...node, of: mapReferences(node.of, change) };
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
      return { ...node, value: change(node.value) };
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
  const call = (node: CallNode): CallNode => ({
    ...node,
    arguments: template(node.arguments),
    ...(node.role ? { role: change(node.role) } : {}),
    ...(node.patience ? { patience: change(node.patience) } : {}),
    ...(node.kind === 'workflow' && node.executionName ? { executionName: change(node.executionName) } : {}),
  });
  const catches = (given: readonly CatchDraft[]) =>
    given.map((one) => ({ ...one, assign: assign(one.assign) }));
  const state = (draft: Draft): Draft => {
    switch (draft.type) {
      case 'Task':
        return {
          ...draft,
          call: call(draft.call),
          assign: assign(draft.assign),
          catches: catches(draft.catches),
        };
      case 'Pass':
        return { ...draft, assign: assign(draft.assign) };
      case 'Choice':
        return { ...draft, choices: draft.choices.map((one) => ({ ...one, when: change(one.when) })) };
      case 'Wait':
        return {
          ...draft,
          wait:
            'seconds' in draft.wait
              ? { seconds: change(draft.wait.seconds) }
              : { until: change(draft.wait.until) },
        };
      case 'Parallel':
        return {
          ...draft,
          branches: draft.branches.map((branch) => mapExpressions(branch, change)),
          assign: assign(draft.assign),
          catches: catches(draft.catches),
        };
      case 'Map':
        return {
          ...draft,
          items:
            draft.items.kind === 'itemSource'
              ? { ...draft.items, arguments: template(draft.items.arguments) }
              : change(draft.items),
          select: assign(draft.select),
          atOnce: change(draft.atOnce),
          tolerated: draft.tolerated && {
            count: draft.tolerated.count && change(draft.tolerated.count),
            percentage: draft.tolerated.percentage && change(draft.tolerated.percentage),
          },
          results: draft.results && template(draft.results),
          body: mapExpressions(draft.body, change),
          assign: assign(draft.assign),
          catches: catches(draft.catches),
        };
      case 'Succeed':
        return { ...draft, output: template(draft.output) };
      case 'Fail':
        return { ...draft, error: change(draft.error), cause: change(draft.cause) };
    }
  };
  return { startAt: flow.startAt, states: flow.states.map(state) };
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
