import { LambdaControlPlane } from '../lambda-control/control-plane.ts';
import { functionsInScope } from '../lambda-control/functions-in-scope.ts';
import { mappingsInScope } from '../lambda-control/mappings-in-scope.ts';
import type { Environment } from '../handler.ts';
import { savedFunctions } from '../ledger/function-record.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { inParallel } from '../pacing/in-parallel.ts';
import type { NotFrozen } from './other-writers.ts';

export interface FunctionSurvey {
  readonly faults: readonly string[];
  readonly functions: number;
  /** How many of them had reserved concurrency 0 before this incident. */
  readonly alreadyAtZero: number;
  readonly eventSourceMappings: number;
  readonly notFrozen: NotFrozen;
}

const READS_AT_ONCE = 16;

/** Finds what a freeze would stop, and whether this system's own functions can run meanwhile. */
export async function surveyFunctions(
  environment: Environment<'lambda'>,
  ledger: Ledger,
): Promise<FunctionSurvey> {
  const { system } = environment;
  const plane = new LambdaControlPlane(environment);
  const all = await plane.functions();
  const scope = functionsInScope(all, system);
  const own = all
    .map(({ FunctionName = '' }) => FunctionName)
    .filter((name) => system.ownFunctions.includes(name));
  const read = (name: string) => plane.reservedConcurrency(name);
  const ownNow = await inParallel(own, READS_AT_ONCE, read);
  const now = await inParallel(scope, READS_AT_ONCE, ({ name }) => read(name));
  const saved = await savedFunctions(ledger);
  const before = scope.map(({ name }, index) => {
    const record = saved.get(name);
    return record?.state === 'frozen' ? record.before : now[index];
  });
  const mappings = await plane.mappings();
  const missing = system.functions.names.filter(
    (name) => !all.some(({ FunctionName }) => FunctionName === name),
  );
  return {
    faults: [
      ...(scope.length === 0
        ? [
            'functions: none is in scope, so nothing would stop the application from writing; set functions.prefix or functions.names of the recovery system and deploy',
          ]
        : []),
      ...missing.map(
        (name) =>
          `functions: ${name} is listed in the recovery system but does not exist; correct functions.names and deploy`,
      ),
      ...own
        .filter((_, index) => ownNow[index] === 0)
        .map(
          (name) =>
            `functions: ${name} belongs to this system and has reserved concurrency 0; remove that setting`,
        ),
    ],
    functions: scope.length,
    alreadyAtZero: before.filter((value) => value === 0).length,
    eventSourceMappings: mappingsInScope(mappings, scope).length,
    notFrozen: {
      functions: all
        .map(({ FunctionName = '' }) => FunctionName)
        .filter((name) => !own.includes(name) && !scope.some((covered) => covered.name === name)),
      mappings,
    },
  };
}
