import type { RawNode } from '../ast/expression-node.ts';
import { type Ref, expressionOf } from './expression.ts';
import { rawFaults } from './raw-faults.ts';
import { operandOf } from './template.ts';
import { DefinitionError } from '../ast/definition-error.ts';

/**
 * JSONata for what no operator says, of the type that the author gives, else the one that its place wants.
 * What stands in a hole is a reference, an operator's result or a literal; the text itself knows no
 * variables but those it sets, and may read `$states.context`.
 *
 * Where an array is the type the text must give one: JSONata gives an array of one as its element, and of
 * none as nothing, unless the text stands in brackets, `[…]`.
 * @throws DefinitionError for what Step Functions would refuse or never find.
 *
 * @example
 * jsonata<number>`$sum(${input.items}.(count * cents))`; // {% $sum($input.items.(count * cents)) %} → 1250
 */
export function jsonata<T = unknown>(text: TemplateStringsArray, ...holes: readonly unknown[]): Ref<T> {
  const parts = text.raw.map((part) => part.replaceAll('\\`', '`'));
  const [fault] = rawFaults(parts);
  if (fault !== undefined) throw new DefinitionError(`jsonata\`${parts.join('${…}').trim()}\`: ${fault}`);
  const node: RawNode = {
    kind: 'raw',
    parts: trimmed(parts),
    operands: holes.map((hole, index) => operandOf(hole, `jsonata: hole ${index + 1}`)),
  };
  return expressionOf<T>(node);
}

const trimmed = (parts: readonly string[]): readonly string[] =>
  parts.map((part, index) => {
    const start = index === 0 ? part.trimStart() : part;
    return index === parts.length - 1 ? start.trimEnd() : start;
  });
