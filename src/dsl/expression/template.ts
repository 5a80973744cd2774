import type { Json } from '../asl/machine.ts';
import { DefinitionError } from '../ast/definition-error.ts';
import type { ExpressionNode, TemplateNode } from '../ast/expression-node.ts';
import { nodeOf } from './expression.ts';
import { mayBeMissing } from './may-be-missing.ts';
import { COMPLETE, type Target } from './target.ts';

/**
 * What an author wrote where a value goes, as a node. A field that is `undefined` is left out, and so is, when
 * the machine runs, one without a value that the target can do without.
 * @throws DefinitionError for functions, dates and other values that JSON does not have.
 */
export function templateOf(value: unknown, place: string, target: Target = COMPLETE): TemplateNode {
  return templateWithin(value, { place, target, around: [] });
}

interface Within {
  readonly place: string;
  readonly target: Target;
  /** The lists and objects that the value is in. */
  readonly around: readonly unknown[];
}

function templateWithin(value: unknown, { place, target, around }: Within): TemplateNode {
  const node = nodeOf(value);
  if (node !== undefined) return { kind: 'value', value: node };
  if (around.includes(value))
    throw new DefinitionError(`${place} is what it stands in, got data that has no end; leave it out`);
  const inner = [...around, value];
  if (Array.isArray(value))
    return {
      kind: 'list',
      items: value.map((item, index) =>
        templateWithin(item, { place: `${place}[${index}]`, target: target.element, around: inner }),
      ),
    };
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    const given = Object.entries(value).filter(([, field]) => field !== undefined);
    const fields = given.map(([name, field]) => {
      const { optional, within } = target.field(name);
      const template = templateWithin(field, { place: `${place}.${name}`, target: within, around: inner });
      const leftOut = optional && template.kind === 'value' && mayBeMissing(template.value);
      return [name, leftOut ? { ...template, optional } : template] as const;
    });
    return { kind: 'object', fields: Object.fromEntries(fields) };
  }
  return { kind: 'value', value: { kind: 'literal', value: literal(value, place) } };
}

/** As an operand of an operator; `place` is what a fault names. */
export function operandOf(value: unknown, place = 'value'): ExpressionNode {
  const template = templateOf(value, place);
  return template.kind === 'value' ? template.value : { kind: 'template', template };
}

function literal(value: unknown, place: string): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const got =
    typeof value === 'number' || value === undefined ? `${value}` : Object.prototype.toString.call(value);
  throw new DefinitionError(
    `${place} must be JSON or a reference, got ${got}; ` +
      `write dates as ISO 8601 text and leave functions out`,
  );
}
