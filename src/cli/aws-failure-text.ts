import { isNamed } from '../tasks/aws-error.ts';

const SIGN_IN =
  'sign in (aws sso login), or name a profile that has credentials (AWS_PROFILE), and try again; ' +
  'aws sts get-caller-identity says who you are';

/** Why a command has failed, and the remedy where the words of the AWS SDK name none. */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // "Could not load credentials from any providers", or why a profile has none.
  if (isNamed(error, 'CredentialsProviderError', 'TokenProviderError'))
    return `no AWS credentials: ${error.message}; ${SIGN_IN}`;
  if (isNamed(error, ...NO_LONGER_VALID))
    return `the AWS credentials do not count: ${error.message}; ${SIGN_IN}`;
  if (error.message === 'Region is missing')
    return 'no AWS region: give it with --region, or set AWS_REGION or the region of your profile';
  const remedy = REMEDIES.find(({ of }) => of(error));
  return remedy === undefined ? error.message : `${error.message}; ${remedy.remedy}`;
}

interface Remedy {
  readonly of: (error: Error) => boolean;
  readonly remedy: string;
}

const WHERE = 'its name is LedgerTable in the outputs of the stack';

/** Where what a command is told does not lead to the recovery that is meant. */
const REMEDIES: readonly Remedy[] = [
  {
    of: (error) => isNamed(error, 'ResourceNotFoundException'),
    remedy: `this account and region have no such ledger: check --ledger (${WHERE}), --region and AWS_PROFILE`,
  },
  {
    // A table with other keys than a ledger's.
    of: (error) => isNamed(error, 'ValidationException') && /\bkeys?\b/i.test(error.message),
    remedy: `the table of --ledger is no ledger of a recovery: ${WHERE}`,
  },
  {
    of: (error) => isNamed(error, 'StateMachineDoesNotExist'),
    remedy: 'check --machine (MachineArn in the outputs of the stack) and AWS_PROFILE; nothing was started',
  },
];

/** As the services name credentials that have expired or that AWS does not know (common errors of their APIs). */
const NO_LONGER_VALID = [
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'UnrecognizedClientException',
];
