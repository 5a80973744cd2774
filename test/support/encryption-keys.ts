import { DescribeKeyCommand, KMSClient, type KeyState } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { awsError } from './lambda-application.ts';

/** KMS with these keys, by ARN, in these states or with these errors; any other key is none that it tells of. */
export function encryptionKeys(states: Readonly<Record<string, KeyState | Error>> = {}) {
  const client = new KMSClient({ region: 'us-east-1' });
  const mock = mockClient(client);
  mock.rejects(new Error('an unexpected call of KMS'));
  mock.on(DescribeKeyCommand).callsFake(({ KeyId }: { KeyId: string }) => {
    const state = states[KeyId] ?? awsError('AccessDeniedException');
    if (state instanceof Error) throw state;
    return { KeyMetadata: { KeyId, KeyState: state } };
  });
  return { client, mock };
}
