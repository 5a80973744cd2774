/** An object as a listing shows it. */
export interface ListedObject {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
  /** Quoted, as S3 gives it. */
  readonly etag: string;
  /** Milliseconds since the epoch. */
  readonly lastModified: number;
}

/**
 * As much of S3 as a distributed Map uses. What a method throws fails the Map: States.ItemReaderFailed or
 * States.ResultWriterFailed, with the error's message.
 *
 * @example
 * const empty: ObjectStore = {
 *   getObject: async () => undefined,
 *   listObjects: async () => [],
 *   putObject: async () => undefined,
 * };
 */
export interface ObjectStore {
  /** The content, or undefined when there is no such object. */
  getObject(bucket: string, key: string): Promise<string | Uint8Array | undefined>;
  /** The objects whose keys begin with the prefix, in key order. */
  listObjects(bucket: string, prefix: string): Promise<readonly ListedObject[]>;
  putObject(bucket: string, key: string, content: string): Promise<void>;
}
