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

  it('of any other kind is told as it is', () => {
    expect(failureText(new Error('not today'))).toBe('not today');
    expect(failureText('no error')).toBe('no error');
  });

  it('for want of a region names the option, whatever the SDK calls it', () => {
    const { status: code, stderr } = status.run('bad-upload', '--ledger', 'Shop-ledger');
    expect(code).toBe(1);
    expect(stderr).toContain('rewind: no AWS region: give it with --region, or set AWS_REGION');
  });
});
