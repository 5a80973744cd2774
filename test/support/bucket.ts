import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';

/** S3 that takes everything; who looks at what was put looks at the calls. */
export function bucket(): S3Client {
  const client = new S3Client({ region: 'us-east-1' });
  const mock = mockClient(client);
  mock.rejects(new Error('an unexpected call of S3'));
  mock.on(PutObjectCommand).resolves({});
  return client;
}
