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
      const of = query.get('FunctionVersion') === 'ALL' ? everyVersion : configuration;
      const { entries, nextMarker } = pageOf(registry.functions().flatMap(of), query, FUNCTIONS_PER_PAGE);
      return { output: { Functions: entries, NextMarker: nextMarker } };
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

/** `$LATEST` and each published version, with an ARN and a timeout of its own. */
function everyVersion(one: RegisteredFunction): Fields[] {
  const version = (Version: string, Timeout: number) => ({
    ...configuration(one),
    FunctionArn: `${one.arn}:${Version}`,
    Timeout,
    Version,
  });
  return [
    version('$LATEST', one.timeoutSeconds),
    ...one.versions.map((seconds, index) => version(String(index + 1), seconds)),
  ];
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
