import type { Grant, PolicyCall, RolePolicy } from '../dsl/simulator/iam/role-policy.ts';

/** What became of a policy in a run. */
interface PolicyUses {
  readonly refused: readonly PolicyCall[];
  readonly unchecked: readonly PolicyCall[];
  readonly unused: readonly Grant[];
}

export const usesOf = (policy: RolePolicy): PolicyUses => ({
  refused: policy.refused(),
  unchecked: policy.unchecked(),
  unused: policy.unused(),
});

/** A line for each: `refused  sns:Publish on <arn>, in Tell`. */
export function policyText({ refused, unchecked, unused }: PolicyUses): readonly string[] {
  const called = ({ action, resource, state, machine }: PolicyCall) =>
    `${action} on ${resource ?? 'a resource that is not known'}, in ${state ?? machine}`;
  return [
    ...refused.map((call) => `refused  ${called(call)}`),
    ...unchecked.map((call) => `not checked  ${called(call)}`),
    ...unused.map(({ action, resource, statement }) => `unused  ${action} on ${resource}, of ${statement}`),
  ];
}
