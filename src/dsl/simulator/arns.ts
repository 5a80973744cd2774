/** The names that the simulated executions go by in ARNs. */
export interface Account {
  readonly account: string;
  readonly region: string;
}

export function stateMachineArn({ account, region }: Account, machineName: string): string {
  return `arn:aws:states:${region}:${account}:stateMachine:${machineName}`;
}

/** The role of a machine's executions; the children of a distributed Map, `<machine>/<label>`, have their machine's. */
export function roleArnOf(
  { account, roleArn }: Account & { readonly roleArn: string | undefined },
  machineName: string,
): string {
  return roleArn ?? `arn:aws:iam::${account}:role/${machineOf(machineName)}`;
}

/** The machine's own name, without a distributed Map's label. */
export const machineOf = (machineName: string): string => machineName.split('/')[0] as string;

export type MachineType = 'STANDARD' | 'EXPRESS';

/** An Express execution has a further id. */
export const expressArn = (standardArn: string, id: string): string =>
  `${standardArn.replace(':execution:', ':express:')}:${id}`;

export function executionArn(
  { account, region }: Account,
  machineName: string,
  executionName: string,
): string {
  return `arn:aws:states:${region}:${account}:execution:${machineName}:${executionName}`;
}

/**
 * Whether StartExecution takes the name: at most 80 characters, no white space, brackets, wildcards, special or control
 * characters. Source: developer guide, "Step Functions service quotas", "General quotas".
 */
export const isExecutionName = (name: string): boolean =>
  /^[^\s\p{Cc}<>{}[\]?*"#%\\^|~`$&,;:/]{1,80}$/u.test(name);

/** The machine that an execution is of. */
export function stateMachineArnOf(execution: string): string {
  return execution.replace(':execution:', ':stateMachine:').replace(/:[^:]*$/, '');
}

/**
 * The bare name of a function or state machine that is given by name, by ARN (with or without a version or
 * alias), or by a definition substitution that is still unresolved: `${Name}`.
 */
export function bareName(reference: string, arnType: 'function' | 'stateMachine'): string {
  const substitution = /^\$\{(.+)\}$/.exec(reference);
  if (substitution !== null) return substitution[1] as string;
  const fromArn = new RegExp(`^arn:[^:]*:[^:]*:[^:]*:[^:]*:${arnType}:([^:]+)`).exec(reference);
  return fromArn?.[1] ?? (reference.split(':')[0] as string);
}
