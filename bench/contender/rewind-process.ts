import { pathToFileURL } from 'node:url';
import type { Counts } from '../../src/tasks/incident.ts';
import type { LambdaContext } from '../../src/tasks/lambda-entry.ts';
import type { ResetAnswer, ResetRequest } from '../../src/tasks/reset-segment/reset-request.ts';
import type { PlannedRates } from '../../src/tasks/pacing/rates.ts';
import { answerMessages } from '../child.ts';
import { measured } from './spent.ts';

/** What is asked: the reset of a table in so many segments, so many at once. */
export interface ResetWork extends Omit<ResetRequest, 'segment'> {
  readonly atOnce: number;
}

/** What a reset found, over all segments. */
export type Found = Pick<Counts, 'restored' | 'live' | 'puts' | 'deletes' | 'unchanged'>;

type DeployedHandler = (payload: ResetRequest, context: LambdaContext) => Promise<ResetAnswer>;

/**
 * No table behind the engines gives less than was asked for, and the known way asks for all that it can: so does
 * Rewind here, rather than begin with what a new table of AWS's gives and go on from there.
 */
const UNHELD: PlannedRates = {
  write: { unitsPerSecond: 10_000_000, adaptive: false },
  read: { unitsPerSecond: 10_000_000, adaptive: false },
};

const INVOCATION_MILLISECONDS = 15 * 60_000;

// The ResetSegment function's code is deployed as one file, whose path is given. Its client finds endpoint and
// credentials in the environment.
const [code = ''] = process.argv.slice(2);
const { handler } = (await import(pathToFileURL(code).href)) as { readonly handler: DeployedHandler };

/** As the distributed map runs it: each segment's function is called until it is done. */
async function resetAll({ atOnce, ...request }: ResetWork): Promise<Found> {
  const sum = { restored: 0, live: 0, puts: 0, deletes: 0, unchanged: 0 };
  let next = 0;
  const worker = async () => {
    while (next < request.segments) {
      const segment = next++;
      let answer: ResetAnswer;
      do answer = await handler({ ...request, segment, rates: UNHELD }, invocation());
      while (!answer.done);
      for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += answer.counts[name];
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return sum;
}

function invocation(): LambdaContext {
  const end = Date.now() + INVOCATION_MILLISECONDS;
  return { awsRequestId: 'bench', getRemainingTimeInMillis: () => end - Date.now() };
}

answerMessages((work: ResetWork) => measured(() => resetAll(work)));
