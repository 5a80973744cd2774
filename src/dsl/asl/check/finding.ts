import type { AwsCode, FindingCode, Severity } from './codes.ts';

/**
 * What is wrong with a machine, where, and what to change.
 *
 * @example
 * const inWordsOf = ({ place, problem, remedy }: Finding): string => `${place}: ${problem}; ${remedy}`;
 */
export interface Finding extends Fault {
  /** An error: Step Functions refuses the machine, or its execution fails. A warning: a risk. */
  readonly severity: Severity;
  /** The code that Step Functions itself gives (ValidateStateMachineDefinition), where it has one. */
  readonly awsCode?: AwsCode;
}

/** What a check tells; its code decides the rest. */
export interface Fault {
  readonly code: FindingCode;
  /** The state it is in; `''` for the machine as a whole. */
  readonly state: string;
  /** Where, as Step Functions writes it: `/States/Main/Catch[0]/Next`; `/` for the machine as a whole. */
  readonly place: string;
  readonly problem: string;
  readonly remedy: string;
  /** What Step Functions itself says of it, where its words are known. */
  readonly awsMessage?: string;
}

interface Placed {
  readonly name: string;
  readonly place: string;
}

/** The place of a fault: a node of the machine, or a part of it. */
export const at = ({ name, place }: Placed, part = ''): Pick<Fault, 'state' | 'place'> => ({
  state: name,
  place: place + part || '/',
});
