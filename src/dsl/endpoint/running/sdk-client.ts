import { missingClient, sdkModel } from '../../asl/sdk-model.ts';
import type { SdkClient } from '../../simulator/world.ts';

/**
 * A client of another service's endpoint. The credentials are those of the environment if it has some, else made-up
 * ones, which local endpoints take.
 * @param service as resource ARNs name it: `dynamodb`.
 * @throws Error that names the package to install.
 */
export function sdkClient(
  service: string,
  { url, region }: { readonly url: string; readonly region: string },
): SdkClient {
  const model = sdkModel(service);
  if (model === undefined) throw new Error(`--endpoint ${service}=${url}: ${missingClient(service)}`);
  const { AWS_ACCESS_KEY_ID, AWS_PROFILE } = process.env;
  const known = AWS_ACCESS_KEY_ID !== undefined || AWS_PROFILE !== undefined;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new model.Client({
    endpoint: url,
    region,
    ...(known ? {} : { credentials }),
    // Buckets by path: no name server knows them by host name.
    ...(service === 's3' ? { forcePathStyle: true } : {}),
  });
}
