import type { ExpressionNode, Operator } from '../ast/expression-node.ts';

const READS = new Set<Operator>(['at', 'field', 'lookup']);
const OF_A_LIST = new Set<Operator>(['min', 'max', 'average']);

/**
 * Whether an expression may have no value though all that it computes with has one: it reads, or chooses. What
 * Step Functions itself tells is always there, but for the time of a redrive.
 */
export function mayBeMissing(node: ExpressionNode): boolean {
  switch (node.kind) {
    case 'reference':
      return node.variable !== 'states' || node.path.at(-1) === 'RedriveTime';
    case 'raw':
      return true;
    case 'operation': {
      const { operator, operands } = node;
      if (OF_A_LIST.has(operator)) return operands[0]?.kind !== 'template';
      if (operator === 'orElse' || operator === 'choose') return operands.slice(1).some(mayBeMissing);
      return READS.has(operator);
    }
    case 'literal':
    case 'each':
    case 'pick':
    case 'template':
      return false;
  }
}
