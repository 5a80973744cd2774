import {
  DeleteResourcePolicyCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-dynamodb';
import { PolicyStore } from '../../src/rehearsal/aws/dynamodb/policy-store.ts';
import { answeredBy } from './answered-by.ts';
import { awsError } from './lambda-application.ts';
import type { CommandMock } from './quick-client.ts';

interface Change {
  readonly ResourceArn: string;
  readonly Policy?: string;
  readonly ExpectedRevisionId?: string;
}

/** Policies of tables as DynamoDB keeps them, behind a mocked client. */
export class TablePolicyStore extends PolicyStore {
  serve(mock: CommandMock, exists: (arn: string) => boolean): void {
    const known = (arn: string) => {
      if (!exists(arn)) throw awsError('ResourceNotFoundException', `Requested resource not found: ${arn}`);
    };
    const change = answeredBy(({ ResourceArn, Policy, ExpectedRevisionId }: Change) => {
      known(ResourceArn);
      return this.change(ResourceArn, Policy, ExpectedRevisionId);
    });
    const read = answeredBy(({ ResourceArn }: Change) => {
      known(ResourceArn);
      return this.read(ResourceArn);
    });
    mock.on(GetResourcePolicyCommand).callsFake(read);
    mock.on(PutResourcePolicyCommand).callsFake(change);
    mock.on(DeleteResourcePolicyCommand).callsFake(change);
  }
}
