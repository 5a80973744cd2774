import type { Environment, Service } from '../handler.ts';
import { Activity, type ActivityKind, othersAtRest } from '../ledger/activity.ts';
import { readIncident } from '../ledger/incident-record.ts';
import { ledgerOf, type Ledger } from '../ledger/ledger.ts';
import { SEEN_MILLISECONDS } from '../ledger/saved-setting.ts';
import { answerBy } from '../pacing/answer-by.ts';
import { LambdaControlPlane } from './control-plane.ts';
import { LastingFault } from './failure.ts';

/** The services of whose settings a freeze changes some. */
export type FrozenService = Extract<Service, 'events' | 'lambda' | 'pipes' | 'scheduler'>;

/** What freezing and thawing work with: the incident's ledger, and Lambda at its pace. */
export interface IncidentControls {
  readonly environment: Environment<FrozenService>;
  readonly ledger: Ledger;
  readonly plane: LambdaControlPlane;
  /** Asked before every change; throws when the incident's direction is no longer this invocation's. */
  readonly allowChange: () => Promise<void>;
  /**
   * Waits, once the direction is this invocation's, until no earlier one that went the other way can change anything.
   * @throws Error when that takes longer than this invocation may.
   */
  readonly othersAtRest: () => Promise<void>;
  /**
   * For how many milliseconds from now AWS may still tell how a setting stood before one of these has changed it. When
   * that was, their records need not tell, and by another clock.
   */
  readonly unseenFor: () => number;
}

const DIRECTIONS = { freeze: 'standing', thaw: 'lifting' } as const;

const TASKS = { freeze: 'Freeze', thaw: 'Thaw' } as const;

/** What must have come to rest: a thaw gives tables back that no reset may write any more. */
const OTHERS: Readonly<Record<keyof typeof DIRECTIONS, readonly ActivityKind[]>> = {
  freeze: ['thaw'],
  thaw: ['freeze', 'reset'],
};

/**
 * Freezes or thaws an incident with the controls of this invocation. An invocation can outlive the step that made it:
 * each change asks first whether its direction still is the incident's, and whoever goes the other way waits until
 * what this one has begun has landed. So a late sweep never stops what a thaw has put back, a late thaw never settles
 * what a new freeze has saved, nor the other way round.
 */
export async function withIncidentControls<T>(
  environment: Environment<FrozenService>,
  { incidentId, work }: { readonly incidentId: string; readonly work: keyof typeof DIRECTIONS },
  perform: (controls: IncidentControls) => Promise<T>,
): Promise<T> {
  const { clock } = environment;
  const bare = ledgerOf(environment, incidentId);
  const activity = new Activity(bare, work, clock);
  let standingSince: string | undefined;
  let restingFrom = clock.now();
  const stillMine = async () => {
    const incident = await readIncident(bare);
    if (incident?.freeze !== DIRECTIONS[work])
      throw new LastingFault(
        `left alone, because the freeze of ${incidentId} is now ${incident?.freeze ?? 'unknown'}`,
      );
    // What this invocation has read of the ledger is about the former freeze.
    if (incident.standingSince !== standingSince)
      throw new Error(`left alone, because ${incidentId} was thawed and is frozen anew meanwhile`);
  };
  // The question may take so long that the lease has ended before the answer is there.
  const mayWrite = async () => {
    while (await activity.keep()) await stillMine();
  };
  const allowChange = async () => {
    await activity.keep();
    await stillMine();
    await mayWrite();
  };
  try {
    await activity.keep();
    return await perform({
      environment,
      ledger: { ...bare, mayWrite },
      plane: new LambdaControlPlane(environment, allowChange),
      allowChange,
      othersAtRest: async () => {
        standingSince = (await readIncident(bare))?.standingSince;
        await othersAtRest(bare, OTHERS[work], {
          clock,
          deadline: answerBy(environment),
          waits: ({ kind, until }) =>
            environment.log?.({ task: TASKS[work], incidentId, waitsFor: kind, until }),
          worthWaiting: allowChange,
        });
        restingFrom = clock.now();
      },
      unseenFor: () => Math.max(0, restingFrom + SEEN_MILLISECONDS - clock.now()),
    });
  } finally {
    await activity.end();
  }
}
