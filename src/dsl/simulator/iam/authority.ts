import { machineOf, roleArnOf, stateMachineArn } from '../arns.ts';
import type { MapRunStart, S3Access, TaskCall } from '../request.ts';
import { StateFailure } from '../state-failure.ts';
import type { World } from '../world.ts';
import { type CallPlace, type Need, need } from './need.ts';
import { needsOfCall } from './needs/needs-of-call.ts';
import { mapAccessNeeds } from './needs/s3-needs.ts';
import { managedRuleNeeds, mapRunNeeds, redriveChildNeed, stopChildNeed } from './needs/states-needs.ts';
import { assumeRefusal, refusal } from './refusal.ts';
import type { RolePolicy } from './role-policy.ts';

/** Whose authority it is. */
interface Holder {
  readonly world: World;
  /** The machine's name, without the label of a distributed Map. */
  readonly machine: string;
  readonly roleArn: string;
  /** What the role's session is called: on AWS something made of chance, here the execution's name. */
  readonly session: string;
}

/** Undefined when every role may do everything. */
export function authorityOf(world: World, machineName: string, session: string): Authority | undefined {
  if (world.policies === undefined) return undefined;
  const holder = { world, machine: machineOf(machineName), roleArn: roleArnOf(world, machineName), session };
  return new Authority(holder, world.policies);
}

/** What the role of an execution may do: asked before anything is done in its name. */
export class Authority {
  readonly #holder: Holder;
  readonly #policies: ReadonlyMap<string, RolePolicy>;
  readonly #place: CallPlace;

  constructor(holder: Holder, policies: ReadonlyMap<string, RolePolicy>) {
    this.#holder = holder;
    this.#policies = policies;
    const { account, region } = holder.world;
    this.#place = { account, region, machineArn: stateMachineArn(holder.world, holder.machine) };
  }

  /** What the call fails with, if the role may not make it or, with Credentials, not take the task's role. */
  refusalOf({
    stateName,
    resource,
    arguments: given,
    roleArn: taskRole,
  }: TaskCall): StateFailure | undefined {
    const { machine, roleArn } = this.#holder;
    if (taskRole === undefined) {
      const needs = needsOfCall(resource, given, this.#place);
      const words = this.#refused(needs, { policy: this.#policies.get(machine), roleArn, stateName });
      return words === undefined ? undefined : refusal(resource, words);
    }
    const own = { policy: this.#policies.get(machine), roleArn, stateName };
    if (this.#refused([need('sts:AssumeRole', taskRole)], own) !== undefined)
      return assumeRefusal(roleArn, taskRole);
    const account = taskRole.split(':')[4] || this.#place.account;
    const needs = needsOfCall(resource, given, { ...this.#place, account });
    const words = this.#refused(needs, {
      policy: this.#policies.get(taskRole),
      roleArn: taskRole,
      stateName,
    });
    return words === undefined ? undefined : refusal(resource, words);
  }

  /** What a call fails with, if the role may not do what follows from it. */
  refusalOfMore(
    { stateName, resource, roleArn }: TaskCall,
    needs: readonly Need[],
  ): StateFailure | undefined {
    const { machine, roleArn: own } = this.#holder;
    const policy = this.#policies.get(roleArn ?? machine);
    const words = this.#refused(needs, { policy, roleArn: roleArn ?? own, stateName });
    return words === undefined ? undefined : refusal(resource, words);
  }

  /**
   * @throws StateFailure when the role may not run children of its own machine. What AWS calls that error is not known;
   * the guide has `States.Permissions`.
   */
  permitMapRun({ stateName, label, redriving }: MapRunStart): void {
    const needs = mapRunNeeds(this.#place, label);
    const all = redriving ? [...needs, redriveChildNeed(this.#place, label)] : needs;
    const words = this.#ownRefused(all, stateName);
    if (words !== undefined) throw new StateFailure('States.Permissions', words);
  }

  /** Whether a child of a distributed Map may be stopped with it. */
  mayStopChild(label: string): boolean {
    return this.#ownRefused([stopChildNeed(this.#place, label)], label) === undefined;
  }

  /** @throws StateFailure States.ItemReaderFailed or States.ResultWriterFailed. */
  permitS3(access: S3Access): void {
    const part = access.action === 'putObject' ? 'ResultWriter' : 'ItemReader';
    const words = this.#ownRefused(mapAccessNeeds(access), part);
    if (words === undefined) return;
    throw new StateFailure(`States.${part}Failed`, `${words} (Service: S3, Status Code: 403)`);
  }

  /** What CreateStateMachine needs for a machine that waits for children, and the role is not allowed. */
  missingForChildren(): readonly Need[] {
    return managedRuleNeeds(this.#place).filter((one) => this.#ownRefused([one], undefined) !== undefined);
  }

  #ownRefused(needs: readonly Need[], stateName: string | undefined): string | undefined {
    const { machine, roleArn } = this.#holder;
    return this.#refused(needs, { policy: this.#policies.get(machine), roleArn, stateName });
  }

  /** IAM's words for the first need that is not allowed. */
  #refused(needs: readonly Need[], { policy, roleArn, stateName }: Asking): string | undefined {
    if (policy === undefined) return undefined;
    const { world, machine, session } = this.#holder;
    const context = contextOf(world, roleArn);
    let words: string | undefined;
    for (const { action, anyOf: resources, context: more = {}, optional = false } of needs) {
      const decision = policy.answer({
        machine,
        state: stateName,
        action,
        resources,
        optional,
        context: { ...context, ...more },
      });
      if (decision.allowed || optional) continue;
      const why = decision.denied
        ? 'with an explicit deny in an identity-based policy'
        : `because no identity-based policy allows the ${action} action`;
      words ??= `User: ${principal(roleArn, session)} is not authorized to perform: ${action} on resource: ${resources[0] ?? '*'} ${why}`;
    }
    return words;
  }
}

/** Whose policy is asked, and for what. */
interface Asking {
  readonly policy: RolePolicy | undefined;
  readonly roleArn: string;
  readonly stateName: string | undefined;
}

const principal = (roleArn: string, session: string): string =>
  `arn:aws:sts::${roleArn.split(':')[4] ?? ''}:assumed-role/${roleArn.split('/').at(-1) ?? ''}/${session}`;

/** What every request of an execution has. Source: IAM guide, "AWS global condition context keys". */
function contextOf({ region, clock }: World, roleArn: string) {
  const now = clock.now();
  return {
    'aws:CurrentTime': new Date(now).toISOString(),
    'aws:EpochTime': String(Math.floor(now / 1000)),
    'aws:PrincipalAccount': roleArn.split(':')[4] ?? '',
    'aws:PrincipalArn': roleArn,
    'aws:PrincipalType': 'AssumedRole',
    'aws:RequestedRegion': region,
    'aws:SecureTransport': 'true',
    'aws:username': [],
  };
}
