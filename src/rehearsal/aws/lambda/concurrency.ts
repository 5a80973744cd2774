import { AwsError } from '../aws-error.ts';
import type { FunctionRegistry } from './function-registry.ts';
import { readBody } from '../rest/read-body.ts';
import type { RestOperations } from '../rest/rest-service.ts';

/** Lambda keeps this much of the account's concurrency for functions without a reservation. */
const UNRESERVED_MINIMUM = 100;

/**
 * GetFunctionConcurrency, PutFunctionConcurrency and DeleteFunctionConcurrency.
 * @param accountLimit the account's concurrent executions.
 */
export function concurrencyOperations(registry: FunctionRegistry, accountLimit: number): RestOperations {
  function refuseTooMuch(name: string, wanted: number): void {
    const others = registry
      .functions()
      .filter((each) => each.name !== name)
      .reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0);
    if (wanted === 0 || others + wanted <= accountLimit - UNRESERVED_MINIMUM) return;
    throw new AwsError(
      'InvalidParameterValueException',
      `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${UNRESERVED_MINIMUM}].`,
      { fields: { Type: 'User' } },
    );
  }

  return {
    GetFunctionConcurrency({ subject }) {
      const { reservedConcurrency } = registry.function(subject);
      return { output: { ReservedConcurrentExecutions: reservedConcurrency } };
    },

    PutFunctionConcurrency({ subject, body }) {
      const found = registry.function(subject);
      const { ReservedConcurrentExecutions: wanted } = readBody(body);
      if (typeof wanted !== 'number' || !Number.isInteger(wanted) || wanted < 0)
        throw new AwsError(
          'ValidationException',
          `1 validation error detected: Value '${String(wanted)}' at 'reservedConcurrentExecutions' failed to satisfy constraint: Member must have value greater than or equal to 0`,
        );
      refuseTooMuch(found.name, wanted);
      found.reservedConcurrency = wanted;
      return { output: { ReservedConcurrentExecutions: wanted } };
    },

    DeleteFunctionConcurrency({ subject }) {
      registry.function(subject).reservedConcurrency = undefined;
      return { status: 204 };
    },
  };
}
