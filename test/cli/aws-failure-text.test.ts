import { afterAll, describe, expect, it } from 'vitest';
import { failureText } from '../../src/cli/aws-failure-text.ts';
import { awsError } from '../support/lambda-application.ts';
import { rewindCommand } from '../support/rewind-command.ts';

const status = rewindCommand('status');
afterAll(status.remove);

describe('a failure to call AWS', () => {
  it.each(['CredentialsProviderError', 'UnrecognizedClientException', 'ExpiredTokenException'])(
    'by %s names how to get credentials, beside what the SDK says',
    (name) => {
      const text = failureText(awsError(name, 'as the SDK says'));
      expect(text).toContain('credentials');
      expect(text).toContain('as the SDK says; sign in (aws sso login');
      expect(text).toContain('AWS_PROFILE');
    },
  );

  it.each([
    [
      'ResourceNotFoundException',
      'Requested resource not found',
      /no such ledger: check --ledger \(.*--region/,
    ],
    [
      'ValidationException',
      'The provided key element does not match the schema',
      /is no ledger of a recovery/,
    ],
    ['ValidationException', 'Query condition missed key schema element: id', /is no ledger of a recovery/],
    [
      'StateMachineDoesNotExist',
      'State Machine Does Not Exist: arn',
      /check --machine .*nothing was started/,
    ],
  ])('by %s names what to look at', (name, words, remedy) => {
    const text = failureText(awsError(name, words));
    expect(text).toContain(`${words}; `);
    expect(text).toMatch(remedy);
  });

  it('of any other kind is told as it is', () => {
    expect(failureText(awsError('ValidationException', 'not so'))).toBe('not so');
    expect(failureText(new Error('not today'))).toBe('not today');
    expect(failureText('no error')).toBe('no error');
  });

  it('for want of a region names the option, whatever the SDK calls it', () => {
    const { status: code, stderr } = status.run('bad-upload', '--ledger', 'Shop-ledger');
    expect(code).toBe(1);
    expect(stderr).toContain('rewind: no AWS region: give it with --region, or set AWS_REGION');
  });
});
