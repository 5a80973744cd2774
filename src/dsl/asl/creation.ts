import { checkOnce } from './check-once.ts';
import { codes, type CodeMeaning } from './check/codes.ts';
import type { Finding } from './check/finding.ts';

/** Whether CreateStateMachine refuses a definition for it, as ValidateStateMachineDefinition says by the severity ERROR. */
export function isRefused({ code }: Pick<Finding, 'code'>): boolean {
  const { refused }: CodeMeaning = codes[code];
  return refused === true;
}

/** What CreateStateMachine refuses of a definition, all of it, sorted by place; empty when it takes it. */
export const refusalsOf = (definition: unknown, type?: 'STANDARD' | 'EXPRESS'): readonly Finding[] =>
  checkOnce(definition, type).filter(isRefused);

/** What is wrong, in the words of Step Functions where they are known; else in ours, with what to change. */
export const messageOf = ({ awsMessage, problem, remedy }: Finding): string =>
  awsMessage ?? `${problem}; ${remedy}`;

/** What CreateStateMachine says of a definition that it refuses: `CODE: message at /place, CODE: message at /place`. */
export const refusalText = (refusals: readonly Finding[]): string =>
  refusals
    .map((finding) => `${finding.awsCode ?? finding.code}: ${messageOf(finding)} at ${finding.place}`)
    .join(', ');
