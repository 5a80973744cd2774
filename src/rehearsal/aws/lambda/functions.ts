import type { Fields } from '../json-rpc.ts';
import type { FunctionRegistry, RegisteredFunction } from './function-registry.ts';
import { pageOf } from './page.ts';
import type { RestOperations } from '../rest/rest-service.ts';

/** "Lambda returns up to 50 functions per call" (API reference, ListFunctions). */
const FUNCTIONS_PER_PAGE = 50;

/** ListFunctions and GetFunction. */
export function functionOperations(registry: FunctionRegistry): RestOperations {
  return {
    ListFunctions({ query }) {
      const { entries, nextMarker } = pageOf(registry.functions(), query, FUNCTIONS_PER_PAGE);
      return { output: { Functions: entries.map(configuration), NextMarker: nextMarker } };
    },

    GetFunction({ subject }) {
      const found = registry.function(subject);
      const { reservedConcurrency, tags } = found;
      return {
        output: {
          Configuration: configuration(found),
          ...(tags.size > 0 && { Tags: Object.fromEntries(tags) }),
          ...(reservedConcurrency !== undefined && {
            Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
          }),
        },
      };
    },
  };
}

function configuration({ name, arn, timeoutSeconds, createdAt }: RegisteredFunction): Fields {
  return {
    FunctionName: name,
    FunctionArn: arn,
    Runtime: 'nodejs20.x',
    Handler: 'index.handler',
    PackageType: 'Zip',
    Timeout: timeoutSeconds,
    MemorySize: 128,
    LastModified: new Date(createdAt).toISOString().replace('Z', '+0000'),
    Version: '$LATEST',
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
}
