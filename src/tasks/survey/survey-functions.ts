import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import { isNamed } from '../aws-error.ts';
import type { Environment } from '../handler.ts';
import { LambdaControlPlane } from '../lambda-control/control-plane.ts';
import { type FunctionInScope, functionsInScope } from '../lambda-control/functions-in-scope.ts';
import type { ListedFunction } from '../lambda-control/listed-functions.ts';
import { mappingsInScope } from '../lambda-control/mappings-in-scope.ts';
import { ScopeUnseen, taggedFunctions } from '../lambda-control/tagged-functions.ts';
import { savedFunctions } from '../ledger/function-record.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import type { Missing } from './missing.ts';
import { missingInScope, missingScope, ownFaults, unreadableFaults } from './scope-faults.ts';

export interface FunctionSurvey {
  readonly faults: readonly string[];
  /** What the scope names in vain. */
  readonly missing: readonly Missing[];
  readonly scope: readonly FunctionInScope[];
  /** Names of those that had reserved concurrency 0 before this incident. */
  readonly atZero: readonly string[];
  readonly eventSourceMappings: number;
  /** Names of the account's functions that are neither in scope nor this system's own. */
  readonly notFrozen: readonly string[];
  /** Names of the durable functions in scope. */
  readonly durable: readonly string[];
  /** Names of those in scope that run on Lambda Managed Instances. */
  readonly onManagedInstances: readonly string[];
  /** Every event-source mapping of the account in this region. */
  readonly mappings: readonly EventSourceMappingConfiguration[];
}

const READS_AT_ONCE = 16;

/** Finds what a freeze would stop, and whether this system's own functions can run meanwhile. */
export async function surveyFunctions(
  environment: Environment<'lambda' | 'tagging'>,
  ledger: Ledger,
): Promise<FunctionSurvey> {
  const { system } = environment;
  const plane = new LambdaControlPlane(environment);
  const all = await plane.functions();
  const saved = await savedFunctions(ledger);
  const frozen = new Map([...saved].filter(([, { state }]) => state === 'frozen'));
  const { scope, faults, missing } = await scopeOf(all, new Set(frozen.keys()), environment);
  const names = all.map(({ name }) => name);
  const own = names.filter((name) => system.ownFunctions.includes(name));
  const unreadable: string[] = [];
  const read = async <T>(name: string, look: () => Promise<T>) => {
    try {
      return await look();
    } catch (error) {
      if (!isNamed(error, 'AccessDeniedException')) throw error;
      unreadable.push(name);
      return undefined;
    }
  };
  const ownNow = await inParallel(own, READS_AT_ONCE, async (name) => ({
    name,
    found: await read(name, () => plane.found(name)),
  }));
  const before = await inParallel(
    scope,
    READS_AT_ONCE,
    async ({ name }) => frozen.get(name)?.before ?? (await read(name, () => plane.reservedConcurrency(name))),
  );
  const mappings = await plane.mappings();
  const covered = all.filter(({ name }) => scope.some((one) => one.name === name));
  return {
    faults: [...faults, ...ownFaults(system, ownNow), ...unreadableFaults(unreadable)],
    missing,
    scope,
    atZero: scope.filter((_, index) => before[index] === 0).map(({ name }) => name),
    eventSourceMappings: mappingsInScope(mappings, scope).length,
    notFrozen: names.filter((name) => !own.includes(name) && !scope.some((one) => one.name === name)),
    mappings,
    durable: covered.filter(({ durable }) => durable).map(({ name }) => name),
    onManagedInstances: covered.filter((one) => one.onManagedInstances).map(({ name }) => name),
  };
}

/**
 * Who is in scope, and what the scope names in vain.
 * @param frozen names of functions that this incident has frozen already, whether they still have their tag or not.
 */
async function scopeOf(
  all: readonly ListedFunction[],
  frozen: ReadonlySet<string>,
  environment: Environment<'tagging'>,
): Promise<Pick<FunctionSurvey, 'scope' | 'faults' | 'missing'>> {
  const { system } = environment;
  try {
    const tagged = await taggedFunctions(environment);
    const scope = functionsInScope(all, system, {
      tagged: new Set(tagged.map(({ arn }) => arn)),
      frozen,
    });
    const missing = [...missingScope(scope), ...missingInScope(system, { all, tagged })];
    return { scope, faults: [], missing };
  } catch (error) {
    if (!(error instanceof ScopeUnseen)) throw error;
    // Whom the names take in is known all the same.
    const scope = functionsInScope(all, system, { tagged: new Set(), frozen });
    return { scope, faults: [error.message], missing: [] };
  }
}
