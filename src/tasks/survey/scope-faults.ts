import type { GetFunctionResponse } from '@aws-sdk/client-lambda';
import type { FunctionInScope } from '../lambda-control/functions-in-scope.ts';
import type { ListedFunction } from '../lambda-control/listed-functions.ts';
import { STACK_KEY, type ScopeTag } from '../lambda-control/scope-tags.ts';
import type { TaggedFunction } from '../lambda-control/tagged-functions.ts';
import type { RecoverySystem } from '../recovery-system.ts';
import { shortList } from '../short-list.ts';
import type { Missing } from './missing.ts';

interface Found {
  readonly all: readonly ListedFunction[];
  readonly tagged: readonly TaggedFunction[];
}

/** That nothing would be stopped. */
export function missingScope(scope: readonly FunctionInScope[]): Missing[] {
  if (scope.length > 0) return [];
  return [
    {
      what: 'functions of which none is left',
      fault:
        'functions: none is in scope, so nothing would stop the application from writing; set functions.prefix, ' +
        'names, tags or stacks of the recovery system and deploy',
    },
  ];
}

/** What the scope names in vain: a name, a tag or a stack without a function is a slip, or a deploy that went wrong. */
export function missingInScope({ functions }: RecoverySystem, { all, tagged }: Found): Missing[] {
  const { names, tags = [], stacks = [] } = functions;
  const existing = new Set(all.map(({ arn }) => arn));
  const found = tagged.filter(({ arn }) => existing.has(arn)).flatMap((one) => one.tags);
  const isUsed = ({ key, value }: ScopeTag) => found.some((tag) => tag.key === key && tag.value === value);
  return [
    ...names
      .filter((wanted) => !all.some(({ name }) => name === wanted))
      .map((name) => ({
        what: `the function ${name}`,
        fault: `functions: ${name} is listed in the recovery system but does not exist; correct functions.names and deploy`,
      })),
    ...tags
      .filter((tag) => !isUsed(tag))
      .map(({ key, value }) => ({
        what: `functions with the tag ${key} = ${value}`,
        fault:
          `functions: the tag ${key} = ${value} names nothing: no function has it; correct functions.tags and deploy, ` +
          'or wait some minutes if it was put on just now',
      })),
    ...stacks
      .filter((value) => !isUsed({ key: STACK_KEY, value }))
      .map((stack) => ({
        what: `functions of the stack ${stack}`,
        fault:
          `functions: the stack ${stack} names nothing: no function is of it; correct functions.stacks and deploy ` +
          '(a nested stack has a name of its own), or wait some minutes if it was deployed just now',
      })),
  ];
}

interface OwnFunction {
  readonly name: string;
  readonly found: GetFunctionResponse | undefined;
}

/** Own functions that could not do their part: one that is missed in the middle leaves the application frozen. */
export function ownFaults({ ownFunctions }: RecoverySystem, own: readonly OwnFunction[]): string[] {
  const missing = ownFunctions.filter((wanted) => !own.some(({ name }) => name === wanted));
  const told = [
    ...missing.map((name) => ({ name, words: 'does not exist; deploy the recovery system again' })),
    ...own.flatMap(({ name, found }) => hindrances(found).map((words) => ({ name, words }))),
  ];
  return told.map(({ name, words }) => `functions: ${name} belongs to this system and ${words}`);
}

/**
 * Lambda runs a function that is Active; one that is Inactive comes back with its first call, which is repeated. While
 * an update is under way, and when it has failed, calls go to the former code ("Lambda function states").
 */
const CALLABLE: readonly string[] = ['Active', 'Inactive'];

function hindrances(found: GetFunctionResponse | undefined): string[] {
  const { State, LastUpdateStatus } = found?.Configuration ?? {};
  const words: string[] = [];
  if (found?.Concurrency?.ReservedConcurrentExecutions === 0)
    words.push('has reserved concurrency 0; remove that setting');
  if (State === 'Pending')
    words.push('is still being made (Pending); wait until it is Active, and start again');
  else if (State !== undefined && !CALLABLE.includes(State))
    words.push(`cannot be called (${State}); deploy the recovery system again`);
  if (LastUpdateStatus === 'InProgress')
    words.push('is just being updated; wait until that is done, and start again');
  if (LastUpdateStatus === 'Failed')
    words.push(
      'runs the code of an earlier deployment, since its last update has failed; deploy the recovery system again',
    );
  return words;
}

/** A tag that was taken away is told of for a while, and the role ends with it at once. */
export function unreadableFaults(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [
    `functions: this system's role may not look at ${shortList(names)} (AccessDeniedException); try again in some ` +
      'minutes if a tag has just been changed, else deploy the recovery system again',
  ];
}
