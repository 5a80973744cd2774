import { DefinitionError } from '../ast/definition-error.ts';
import { insteadOf } from './instead-of.ts';

/**
 * What a reference does where JavaScript would use it as a value: it refuses, naming the operator to use. Its
 * properties belong to the author's data, so a method is refused only when it is called.
 */
export function referenceTraps(what: string, field: (key: string) => unknown): ProxyHandler<() => undefined> {
  const refuse = (problem: string): never => {
    throw new DefinitionError(`${what} is a reference, not a value${problem}`);
  };
  const refuseSpread = () =>
    refuse(', and cannot be spread or iterated; name its fields, use entries() or map()');
  return {
    get: (_target, key) => {
      if (key === Symbol.toPrimitive)
        return refuse(
          `: JavaScript's operators and template strings cannot use it; ` +
            `use concat(), equals(), lessThan(), add() or another operator of the language`,
        );
      if (key === Symbol.iterator || key === Symbol.asyncIterator) return refuseSpread();
      if (typeof key === 'symbol') return undefined;
      if (/^\d+$/.test(key))
        return refuse(
          `, and has no [${key}]; read an element with at(…, ${key}), a field of that name with lookup(…, '${key}')`,
        );
      return field(key);
    },
    apply: () => {
      const [, on, method] = /^(.*)\.([^.]*)$/.exec(what) ?? [];
      if (method === undefined) return refuse(', and cannot be called');
      throw new DefinitionError(
        `${on} is a reference, not a value, and has no method ${method}(); use ${insteadOf(method)}`,
      );
    },
    set: () => refuse(', and cannot be assigned to; give the new value a step or an operator of its own'),
    has: () => refuse(": JavaScript's 'in' cannot look into it; use exists()"),
    deleteProperty: () => refuse(', and nothing can be deleted from it; build the object that is wanted'),
    ownKeys: refuseSpread,
  };
}
