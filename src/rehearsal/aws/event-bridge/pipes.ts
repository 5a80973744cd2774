import type { Pipe } from '@aws-sdk/client-pipes';
import { type EventBridge, notFound, pageOf } from './event-bridge.ts';

interface Named {
  readonly Name?: string | undefined;
}

interface Listing {
  readonly DesiredState?: string | undefined;
  readonly NextToken?: string | undefined;
}

/**
 * What EventBridge Pipes answers: which pipes are to run or to stand, and each one's state. A change is done by the
 * next look at the pipe.
 * @param pageSize the most pipes of a list.
 */
export function pipeOperations({ pipes }: EventBridge, pageSize: number) {
  const found = (Name: string | undefined): Pipe =>
    pipes.find((pipe) => pipe.Name === Name) ?? notFound('NotFoundException', Name);
  return {
    ListPipes: ({ DesiredState, NextToken }: Listing) => {
      const wanted = pipes.filter(
        (pipe) => DesiredState === undefined || (pipe.DesiredState ?? 'RUNNING') === DesiredState,
      );
      const { page, next } = pageOf(wanted, NextToken, pageSize);
      return { Pipes: page, NextToken: next };
    },

    DescribePipe: ({ Name }: Named) => {
      const pipe = found(Name);
      const answer = { ...pipe, CurrentState: pipe.CurrentState ?? 'RUNNING' };
      if (pipe.CurrentState === 'STOPPING') pipe.CurrentState = 'STOPPED';
      else if (pipe.CurrentState === 'STARTING') pipe.CurrentState = 'RUNNING';
      return answer;
    },

    StopPipe: ({ Name }: Named) =>
      Object.assign(found(Name), { CurrentState: 'STOPPING', DesiredState: 'STOPPED' } as const),

    StartPipe: ({ Name }: Named) =>
      Object.assign(found(Name), { CurrentState: 'STARTING', DesiredState: 'RUNNING' } as const),
  };
}
