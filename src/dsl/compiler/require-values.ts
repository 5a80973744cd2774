import type { ExpressionNode, Parts, TemplateNode } from '../ast/expression-node.ts';
import { literal, operation, value } from '../ast/node.ts';
import type { WorkflowNode } from '../ast/step-node.ts';
import type { Assignments, CatchDraft, Draft, DraftFlow } from './draft.ts';
import { isEvaluated } from './render/template-json.ts';
import { type Knowledge, certaintyOf, inBody, surelyHas } from './shapes/certainty.ts';
import { shapeOf } from './shapes/expression-shape.ts';
import { type FlowShapes, shapesOfWorkflow } from './shapes/flow-shapes.ts';
import { mapValues } from './walk.ts';

/**
 * A value that must be there fails the state where it is missing, and fails it early. Of a result the fields that
 * its schema requires are asked for by its own state, which has a Catcher; and where an object is built within an
 * expression, JSONata would pass over what is missing, so there it is asked for.
 */
export const requireValues = (flow: DraftFlow, workflow: WorkflowNode): DraftFlow =>
  requireWithin(shapesOfWorkflow(flow, workflow));

function requireWithin(shapes: FlowShapes): DraftFlow {
  return {
    startAt: shapes.flow.startAt,
    states: shapes.flow.states.map((draft) => {
      const inner = shapes.inside(draft).map(requireWithin);
      const own = requireIn(draft, shapes.knownAt(draft));
      if (own.type === 'Parallel') return { ...own, branches: inner };
      return own.type === 'Map' ? { ...own, body: inner[0] ?? own.body } : own;
    }),
  };
}

function requireIn(draft: Draft, known: Knowledge): Draft {
  const template = (node: TemplateNode) => requiredIn(node, known, false);
  const assign = (assignments: Assignments) => mapValues(assignments, template);
  const catches = (given: readonly CatchDraft[]) =>
    given.map((one) => ({ ...one, assign: assign(one.assign) }));
  switch (draft.type) {
    case 'Task': {
      const kept = mapValues(draft.assign, (one) => template(requiredParts(one, known)));
      const call = { ...draft.call, arguments: template(draft.call.arguments) };
      return { ...draft, call, assign: kept, catches: catches(draft.catches) };
    }
    case 'Parallel':
      return { ...draft, assign: assign(draft.assign), catches: catches(draft.catches) };
    case 'Map':
      return {
        ...draft,
        select: assign(draft.select),
        assign: assign(draft.assign),
        catches: catches(draft.catches),
      };
    case 'Pass':
      return { ...draft, assign: assign(draft.assign) };
    case 'Succeed':
      return { ...draft, output: template(draft.output) };
    case 'Choice':
    case 'Wait':
    case 'Fail':
      return draft;
  }
}

/** A result of which some parts are kept, as an object whose fields are asked for one by one. */
function requiredParts(template: TemplateNode, known: Knowledge): TemplateNode {
  if (template.kind !== 'value' || template.value.kind !== 'pick') return template;
  const { of, fields } = template.value;
  if (of.kind !== 'reference') return template;
  const shape = shapeOf(of, known.shapes);
  if (!Object.keys(fields).some((name) => surelyHas(shape, [name]))) return template;
  const part = ([name, parts]: [string, Parts]): [string, TemplateNode] => {
    const inner: ExpressionNode = { ...of, path: [...of.path, name] };
    const picked = value(parts === true ? inner : { kind: 'pick', of: inner, fields: parts });
    if (surelyHas(shape, [name])) return [name, requiredParts(picked, known)];
    return [name, picked.kind === 'value' ? { ...picked, optional: true } : picked];
  };
  return { kind: 'object', fields: Object.fromEntries(Object.entries(fields).map(part)) };
}

/** `evaluated`: within an expression, where a missing field would be passed over. */
function requiredIn(template: TemplateNode, known: Knowledge, evaluated: boolean): TemplateNode {
  switch (template.kind) {
    case 'value': {
      const inner = requiredInside(template.value, known);
      const leftOut = template.optional && certaintyOf(template.value, known).mayBeMissing;
      return leftOut ? { ...template, value: inner } : value(inner);
    }
    case 'list':
      return { kind: 'list', items: template.items.map((item) => requiredIn(item, known, evaluated)) };
    case 'object': {
      const within = evaluated || isEvaluated(template.fields);
      return {
        kind: 'object',
        fields: Object.fromEntries(
          Object.entries(template.fields).map(([name, field]) => {
            const inner = requiredIn(field, known, within);
            return [name, within ? orError(inner, name, known) : inner];
          }),
        ),
      };
    }
  }
}

function orError(field: TemplateNode, name: string, known: Knowledge): TemplateNode {
  if (field.kind !== 'value' || field.optional || !certaintyOf(field.value, known).mayBeMissing) return field;
  return value(operation('required', field.value, literal(`${name} is missing`)));
}

/** The objects that an expression builds. */
function requiredInside(node: ExpressionNode, known: Knowledge): ExpressionNode {
  const inside = (one: ExpressionNode) => requiredInside(one, known);
  switch (node.kind) {
    case 'operation':
    case 'raw':
      return { ...node, operands: node.operands.map(inside) };
    case 'each':
      return { ...node, list: inside(node.list), body: requiredInside(node.body, inBody(node, known)) };
    case 'pick':
      return { ...node, of: inside(node.of) };
    case 'template':
      return { ...node, template: requiredIn(node.template, known, true) };
    case 'reference':
    case 'literal':
      return node;
  }
}
