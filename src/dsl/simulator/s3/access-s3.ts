import type { Authority } from '../iam/authority.ts';
import { whileHolding } from '../integrations/while-holding.ts';
import type { S3Access } from '../request.ts';
import { SimulationError } from '../simulation-error.ts';
import { StateFailure } from '../state-failure.ts';
import type { World } from '../world.ts';

/**
 * Does to S3 what a distributed Map asks for; virtual time stands still meanwhile.
 * @param authority what the role may do; undefined for everything.
 * @throws StateFailure States.ItemReaderFailed or States.ResultWriterFailed for what the store throws, and for what the
 * role may not do.
 */
export async function accessS3(
  access: S3Access,
  { objectStore: store, clock }: World,
  authority: Authority | undefined,
): Promise<unknown> {
  if (store === undefined)
    throw new SimulationError(
      `a Map reads or writes the bucket '${access.bucket}', and no S3 is there; ` +
        `pass options.s3, as in { objects: { '${access.bucket}/<key>': '...' } }`,
    );
  authority?.permitS3(access);
  try {
    return await whileHolding<unknown>(
      clock,
      `the ${access.action} of a Map in bucket '${access.bucket}'`,
      () => {
        switch (access.action) {
          case 'getObject':
            return store.getObject(access.bucket, access.key);
          case 'listObjects':
            return store.listObjects(access.bucket, access.prefix);
          case 'putObject':
            return store.putObject(access.bucket, access.key, access.content);
        }
      },
    );
  } catch (fault) {
    if (fault instanceof SimulationError || fault instanceof StateFailure) throw fault;
    const error = access.action === 'putObject' ? 'States.ResultWriterFailed' : 'States.ItemReaderFailed';
    throw new StateFailure(error, fault instanceof Error ? fault.message : String(fault));
  }
}
