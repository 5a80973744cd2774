import { GetExecutionHistoryCommand, type HistoryEvent, type SFNClient } from '@aws-sdk/client-sfn';

interface Asked {
  readonly client: Pick<SFNClient, 'send'>;
  readonly executionArn: string;
  /** The data of the execution too, which a customer managed key may have to decrypt; default false. */
  readonly withData?: boolean;
  /** Events a call: as many as are likely to be wanted; default 200. */
  readonly atOnce?: number;
}

/** The events of an execution with higher ids, oldest first. */
export async function eventsAfter(
  seen: number,
  { client, executionArn, withData = false, atOnce = 200 }: Asked,
): Promise<HistoryEvent[]> {
  const found: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new GetExecutionHistoryCommand({
        executionArn,
        reverseOrder: true,
        includeExecutionData: withData,
        maxResults: atOnce,
        nextToken,
      }),
    );
    const fresh = (page.events ?? []).filter(({ id = 0 }) => id > seen);
    found.push(...fresh);
    nextToken = fresh.length === (page.events ?? []).length ? page.nextToken : undefined;
  } while (nextToken !== undefined);
  return found.reverse();
}
