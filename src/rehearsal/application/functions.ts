import type { EmbeddedAws } from '../aws/embedded-aws.ts';

/** The prefix that every function and table of the rehearsed application has. */
export const APPLICATION = 'shop-';

/** The functions that write when they are invoked. */
export const WRITERS = [
  'shop-order-placed',
  'shop-reading-received',
  'shop-document-stored',
  'shop-counter-bumped',
];

const OTHERS = 36;

/**
 * Registers forty functions in mixed states (without reserved concurrency, with some, and two that somebody
 * had set to 0 for a reason), one of another application, and twelve event-source mappings, three disabled.
 */
export function addFunctions(aws: EmbeddedAws, write: (writer: string) => Promise<unknown>): void {
  WRITERS.forEach((name, index) =>
    aws.functions.addFunction({
      name,
      timeoutSeconds: 30,
      ...(index === 0 ? { reservedConcurrency: 25, versions: [20, 120] } : {}),
      run: () => write(name),
    }),
  );
  for (let index = 0; index < OTHERS; index += 1) {
    aws.functions.addFunction({
      name: `shop-worker-${String(index).padStart(2, '0')}`,
      timeoutSeconds: [3, 30, 60, 300, 900][index % 5] as number,
      ...reserved(index),
    });
  }
  aws.functions.addFunction({ name: 'billing-invoice', timeoutSeconds: 30, reservedConcurrency: 3 });
  for (let index = 0; index < 12; index += 1) {
    aws.functions.addMapping({
      functionName: index < 4 ? (WRITERS[index] as string) : `shop-worker-${String(index).padStart(2, '0')}`,
      eventSourceArn: `arn:aws:sqs:us-east-1:000000000000:shop-queue-${index}`,
      enabled: index % 4 !== 3,
    });
  }
}

/** Two in 0 from before the incident, every fourth with a number, the others without. */
function reserved(index: number): { reservedConcurrency?: number } {
  if (index === 7 || index === 19) return { reservedConcurrency: 0 };
  return index % 4 === 0 ? { reservedConcurrency: 1 + index } : {};
}
