import { noMember, respelledMembers, spelledPath, stepFunctionsMember } from '../asl/sdk-naming.ts';
import type { Schema } from '../asl/sdk-schema.ts';
import { DefinitionError } from '../ast/definition-error.ts';
import type { ExpressionNode, OperationNode, TemplateNode } from '../ast/expression-node.ts';
import { literal, operation } from '../ast/node.ts';
import { type Origins, elementOf, fieldName, originOf, rootOf } from './sdk-origins.ts';
import { mapValues } from './walk.ts';

/** What is known where an expression stands, and the place that its errors name. */
export interface Where {
  readonly origins: Origins;
  readonly place: string;
  /** Whether a structure may have members of its author's beside those that the SDK knows. */
  readonly lenient?: true;
}

/** An expression whose references into SDK answers are spelled as Step Functions spells them. */
export function spell(node: ExpressionNode, where: Where): ExpressionNode {
  switch (node.kind) {
    case 'reference': {
      const { root, above, within } = rootOf(node);
      const origin = where.origins.get(root);
      if (origin === undefined) return node;
      const { path, orElse } = spelledPath(origin, within);
      const read = (spelled: readonly string[]) => ({ ...node, path: [...above, ...spelled] });
      return orElse === undefined ? read(path) : operation('orElse', read(path), read(orElse));
    }
    case 'literal':
      return node;
    case 'operation':
      return spellOperation(node, where);
    case 'raw':
      for (const operand of node.operands) checkHole(operand, where);
      return { ...node, operands: node.operands.map((operand) => spell(operand, where)) };
    case 'each': {
      const inner = withParameter(node, where);
      return { ...node, list: spell(node.list, where), body: spell(node.body, inner) };
    }
    case 'pick':
      return { ...node, of: spell(node.of, where) };
    case 'template':
      return { ...node, template: spellTemplate(node.template, where) };
  }
}

const withParameter = (node: Extract<ExpressionNode, { kind: 'each' }>, where: Where): Where => ({
  ...where,
  origins: new Map(where.origins).set(node.parameter, elementOf(node.list, where.origins)),
});

function spellOperation(node: OperationNode, where: Where): ExpressionNode {
  const [first, second] = node.operands;
  const origin = first && originOf(first, where.origins);
  if (first !== undefined && origin?.kind !== 'collection' && origin !== undefined) {
    const named = node.operator === 'field' || node.operator === 'lookup' ? fieldName(second) : undefined;
    if (named !== undefined) {
      const object = spell(first, where);
      const { path, orElse } = spelledPath(origin, [named]);
      const read = (name = '') => operation(node.operator, object, literal(name));
      return orElse === undefined ? read(path[0]) : operation('orElse', read(path[0]), read(orElse[0]));
    }
    if (BY_NAME.has(node.operator)) refuseRespelled(first, { where, schema: origin, ...READ_BY_NAME });
  }
  return { ...node, operands: node.operands.map((operand) => spell(operand, where)) };
}

/** Operators that see the names of an object's fields. */
const BY_NAME = new Set(['lookup', 'keys', 'entries', 'string']);

/**
 * A template that becomes data. `request` is what stands there when it is a part of an SDK request: its names
 * are then spelled as Step Functions spells them.
 * @throws DefinitionError for a member that the request does not have, and for a structure that is passed whole
 * though the two sides spell its members apart.
 */
export function spellTemplate(template: TemplateNode, where: Where, request?: Schema): TemplateNode {
  switch (template.kind) {
    case 'value':
      return { ...template, value: spellData(template.value, where, request) };
    case 'list': {
      const of = request?.kind === 'collection' ? request.of() : undefined;
      return { kind: 'list', items: template.items.map((item) => spellTemplate(item, where, of)) };
    }
    case 'object': {
      if (request?.kind === 'structure') return spellStructure(template.fields, where, request);
      const of = request?.kind === 'collection' ? request.of() : undefined;
      return {
        kind: 'object',
        fields: mapValues(template.fields, (field) => spellTemplate(field, where, of)),
      };
    }
  }
}

function spellStructure(
  fields: { readonly [name: string]: TemplateNode },
  where: Where,
  request: Extract<Schema, { kind: 'structure' }>,
): TemplateNode {
  const entries = Object.entries(fields).map(([name, field]) => {
    const member = request.bySdkName.get(name);
    const inner = { ...where, place: `${where.place}.${name}` };
    if (member === undefined && where.lenient) return [name, spellTemplate(field, inner)] as const;
    if (member === undefined) throw new DefinitionError(`${inner.place}: ${noMember(request, name)}`);
    return [stepFunctionsMember(name), spellTemplate(field, inner, member.schema)] as const;
  });
  return { kind: 'object', fields: Object.fromEntries(entries) };
}

/** An expression whose value becomes data: what it hands on whole is looked at. */
function spellData(node: ExpressionNode, where: Where, request?: Schema): ExpressionNode {
  const data = (inner: ExpressionNode | undefined) => inner && spellData(inner, where, request);
  if (node.kind === 'template') return { ...node, template: spellTemplate(node.template, where, request) };
  if (node.kind === 'operation' && node.operator === 'choose') {
    const [condition, ...ways] = node.operands as [ExpressionNode, ...ExpressionNode[]];
    return { ...node, operands: [spell(condition, where), ...ways.map((way) => data(way) ?? way)] };
  }
  if (node.kind === 'operation' && HANDS_ON.has(node.operator))
    return { ...node, operands: node.operands.map((operand) => data(operand) ?? operand) };
  if (node.kind === 'each' && node.function === 'map') {
    const of = request?.kind === 'collection' ? request.of() : undefined;
    const body = spellData(node.body, withParameter(node, where), of);
    return { ...node, list: spell(node.list, where), body };
  }
  checkWhole(node, where, request);
  return spell(node, where);
}

/** Operators whose value is one of their operands, or all of them together. */
const HANDS_ON = new Set(['orElse', 'merge', 'append']);

/** Between two SDK calls a structure can go whole: both ends of it are Step Functions' own. */
function checkWhole(node: ExpressionNode, where: Where, request: Schema | undefined): void {
  const origin = originOf(node, where.origins);
  const spelled = request?.kind === 'structure' || request?.kind === 'collection';
  if (origin !== undefined && !spelled) refuseRespelled(node, { where, schema: origin, ...PASSED_ON });
  if (origin === undefined && spelled && READS.has(kindOf(node)) && !isHandedIn(node))
    refuseRespelled(node, { where, schema: request, ...GIVEN });
}

/** The element that a map hands to its body: no author writes this reference, and it is spelled already. */
const isHandedIn = (node: ExpressionNode): boolean =>
  node.kind === 'reference' && node.variable === 'states' && node.path[0] === 'input';

const kindOf = (node: ExpressionNode): string => (node.kind === 'operation' ? node.operator : node.kind);

/** What may give a structure that somebody else spelled; of what is written as JSONata its author knows. */
const READS = new Set([
  'reference',
  'field',
  'lookup',
  'at',
  'first',
  'last',
  'filter',
  'ascending',
  'descending',
]);

const PASSED_ON = {
  what: 'is passed on whole, and Step Functions spells its members otherwise',
  remedy: 'pass the fields that are needed one by one',
};
const GIVEN = {
  what: 'is given whole, and Step Functions spells the members of the request otherwise',
  remedy: 'write the structure out field by field',
};
const READ_BY_TEXT = {
  what: 'is read by raw JSONata, and Step Functions spells its members otherwise',
  remedy: 'give each field that is read a hole of its own, ${…}',
};
const READ_BY_NAME = {
  what: "is read by its members' names, and Step Functions spells them otherwise",
  remedy: 'name the fields that are needed one by one',
};

/** Nobody spells the names in an author's own text. */
function checkHole(operand: ExpressionNode, where: Where): void {
  const origin = originOf(operand, where.origins);
  if (origin !== undefined) refuseRespelled(operand, { where, schema: origin, ...READ_BY_TEXT });
}

function refuseRespelled(
  node: ExpressionNode,
  { where, schema, what, remedy }: { where: Where; schema: Schema; what: string; remedy: string },
): void {
  const members = respelledMembers(schema);
  if (members.length === 0) return;
  const some = members.length > 3 ? `${members.slice(0, 3).join(', ')}, …` : members.join(', ');
  throw new DefinitionError(`${where.place}: ${textOf(node)} ${what} (${some}); ${remedy}`);
}

const textOf = (node: ExpressionNode): string =>
  node.kind === 'reference' ? `'${[node.variable, ...node.path].join('.')}'` : 'a value';
