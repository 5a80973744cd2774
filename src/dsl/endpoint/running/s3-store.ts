import { sdkModel, type SdkClient, type SdkCommand } from '../../asl/sdk-model.ts';
import type { ListedObject, ObjectStore } from '../../simulator/s3/object-store.ts';

/** As much of S3's answers as is used. */
interface GotObject {
  readonly Body?: { transformToByteArray(): Promise<Uint8Array> };
}

interface ListedPage {
  readonly Contents?: readonly {
    readonly Key?: string;
    readonly Size?: number;
    readonly ETag?: string;
    readonly LastModified?: Date;
  }[];
  readonly NextContinuationToken?: string;
}

/** What distributed Maps read and write, by a client of S3. */
export function s3Store(client: SdkClient): ObjectStore {
  const send = (action: string, input: object) => {
    const Command = sdkModel('s3')?.command(action) as SdkCommand;
    return client.send(new Command(input));
  };
  return {
    async getObject(Bucket, Key) {
      try {
        const { Body } = (await send('getObject', { Bucket, Key })) as GotObject;
        return await Body?.transformToByteArray();
      } catch (fault) {
        if ((fault as Error).name === 'NoSuchKey') return undefined;
        throw fault;
      }
    },
    async listObjects(Bucket, Prefix) {
      const listed: ListedObject[] = [];
      let ContinuationToken: string | undefined;
      do {
        const page = (await send('listObjectsV2', { Bucket, Prefix, ContinuationToken })) as ListedPage;
        for (const { Key = '', Size = 0, ETag = '', LastModified } of page.Contents ?? [])
          listed.push({ key: Key, size: Size, etag: ETag, lastModified: LastModified?.getTime() ?? 0 });
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken !== undefined);
      return listed;
    },
    async putObject(Bucket, Key, Body) {
      await send('putObject', { Bucket, Key, Body });
    },
  };
}
