import { iamAction } from '../../../asl/iam-action.ts';
import type { S3Access } from '../../request.ts';
import { type Need, need, needAnywhere, objectsOf, type ServiceNeeds, textOf } from '../need.ts';
import { objectOf } from '../../object-of.ts';

const objectArn = (bucket: string, key: string): string => `arn:aws:s3:::${bucket}/${key}`;

/** The use of buckets and objects. An action on an object's part, version or tags is named after these. */
export const s3Needs: ServiceNeeds = (action, args) => {
  if (action === 'ListBuckets') return [needAnywhere(iamAction('s3', action))];
  const [bucket, key] = [textOf(args.Bucket), textOf(args.Key)];
  if (bucket === undefined) return undefined;
  if (action.startsWith('ListObjects')) return [listing(bucket, textOf(args.Prefix))];
  if (action === 'DeleteObjects')
    return objectsOf(objectOf(args.Delete).Objects).map((object) =>
      need('s3:DeleteObject', objectArn(bucket, textOf(object.Key) ?? '')),
    );
  if (key === undefined) return [need(iamAction('s3', action), `arn:aws:s3:::${bucket}`)];
  if (action === 'CopyObject') {
    const [from = '', ...path] = (textOf(args.CopySource) ?? '').replace(/^\//, '').split('/');
    const source = path.join('/').replace(/\?versionId=.*$/, '');
    return [
      need('s3:GetObject', objectArn(from, decodeURIComponent(source))),
      need('s3:PutObject', objectArn(bucket, key)),
    ];
  }
  return [need(iamAction('s3', action), objectArn(bucket, key))];
};

const listing = (bucket: string, prefix: string | undefined): Need =>
  need('s3:ListBucket', `arn:aws:s3:::${bucket}`, { 's3:prefix': prefix ?? [] });

/** Needed by a ResultWriter for large results only, which are written in parts. */
const WRITTEN_IN_PARTS = ['s3:GetObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'];

/** What a distributed Map's reader and writer need. Source: "IAM policies for using Distributed Map states". */
export function mapAccessNeeds(access: S3Access): readonly Need[] {
  if (access.action === 'listObjects') return [listing(access.bucket, access.prefix)];
  const object = objectArn(access.bucket, access.key);
  if (access.action === 'getObject') return [need('s3:GetObject', object)];
  return [
    need('s3:PutObject', object),
    ...WRITTEN_IN_PARTS.map((action): Need => ({ ...need(action, object), optional: true })),
  ];
}
