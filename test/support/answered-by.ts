import { AwsError } from '../../src/rehearsal/aws/aws-error.ts';
import { awsError } from './lambda-application.ts';

/** What a mocked client answers when the embedded AWS would: its errors are those of the SDK. */
export const answeredBy =
  <Input, Output>(operation: (input: Input) => Output) =>
  (input: Input): Output => {
    try {
      return operation(input);
    } catch (error) {
      throw error instanceof AwsError ? awsError(error.code, error.message) : error;
    }
  };
