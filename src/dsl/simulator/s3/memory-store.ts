import { createHash } from 'node:crypto';
import type { ListedObject, ObjectStore } from './object-store.ts';

/** Objects by `bucket/key`; what a ResultWriter writes is added. */
export interface MemoryObjects {
  [path: string]: string | Uint8Array;
}

/** Buckets in memory. @param now the time that listings show, milliseconds since the epoch. */
export function memoryStore(objects: MemoryObjects, now: () => number): ObjectStore {
  const began = now();
  return {
    async getObject(bucket, key) {
      return objects[`${bucket}/${key}`];
    },
    async listObjects(bucket, prefix) {
      return Object.entries(objects)
        .filter(([path]) => path.startsWith(`${bucket}/${prefix}`))
        .map(([path, content]) => listed(path.slice(bucket.length + 1), content, began))
        .sort((one, other) => (one.key < other.key ? -1 : 1));
    },
    async putObject(bucket, key, content) {
      objects[`${bucket}/${key}`] = content;
    },
  };
}

function listed(key: string, content: string | Uint8Array, lastModified: number): ListedObject {
  return {
    key,
    size: Buffer.byteLength(content),
    etag: `"${createHash('md5').update(content).digest('hex')}"`,
    lastModified,
  };
}
