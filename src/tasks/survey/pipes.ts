import { ListPipesCommand, type Pipe } from '@aws-sdk/client-pipes';
import type { Environment } from '../handler.ts';
import { functionOfArn } from '../lambda-control/function-of-arn.ts';
import type { FunctionInScope } from '../lambda-control/functions-in-scope.ts';
import { listAll, type Listed, PAGE } from './list-all.ts';
import { shortList } from '../short-list.ts';

/** The pipes of EventBridge in this account and region that run, or are about to. */
export function runningPipes(environment: Environment<'pipes'>): Promise<Listed<Pipe>> {
  return listAll(async (NextToken) => {
    const asked = new ListPipesCommand({ DesiredState: 'RUNNING', Limit: PAGE, NextToken });
    const { Pipes = [], NextToken: next } = await environment.pipes.send(asked);
    return { entries: Pipes, ...(next === undefined ? {} : { next }) };
  }, environment);
}

/** Names of the pipes that read a table's stream. */
export const pipesOfTable = (pipes: readonly Pipe[], tableArn: string): string[] =>
  pipes.filter(({ Source }) => Source?.startsWith(`${tableArn}/stream/`)).map(({ Name = '' }) => Name);

/** Which pipes run into a stopped function, as their target or to enrich what they carry. */
export function pipeWarnings(pipes: readonly Pipe[], scope: readonly FunctionInScope[]): string[] {
  const names = new Set(scope.map(({ name }) => name));
  const stopped = pipes.filter(({ Target, Enrichment }) =>
    [Target, Enrichment].some((arn) => names.has(functionOfArn(arn))),
  );
  if (stopped.length === 0) return [];
  return [
    `functions: the pipes ${shortList(stopped.map(({ Name = '' }) => Name))} (EventBridge Pipes) call functions in ` +
      'scope, which refuse them while they are frozen: what these pipes carry may be given up or end in dead-letter ' +
      'queues; stop them by hand before the recovery, and start them after it',
  ];
}
