import type { PolicyDocument, PolicyStatement } from '../../asl/policy-document.ts';
import { SimulationError } from '../simulation-error.ts';
import { type Decision, decide, type PolicyRequest } from './decide.ts';
import { type ReadStatement, readStatements } from './read-statement.ts';
import { type ContextValues, requestContext, type RequestContext, Unprovable } from './request-context.ts';

/**
 * One thing that a policy allows: an action's pattern on a resource's, as the policy writes them. `everything but …` for
 * NotAction and NotResource.
 *
 * @example
 * const words = ({ action, resource }: Grant): string => `${action} on ${resource}`;
 */
export interface Grant {
  /** The statement's Sid, or its number: `statement 2`. */
  readonly statement: string;
  readonly action: string;
  readonly resource: string;
}

/**
 * A need of a state that a policy was asked about.
 *
 * @example
 * const words = ({ state, action }: PolicyCall): string => `${state} needs ${action}`;
 */
export interface PolicyCall {
  /** The state machine's name. */
  readonly machine: string;
  /** The state that the call belongs to; undefined for the creation of the machine. */
  readonly state: string | undefined;
  readonly action: string;
  /** An ARN; undefined when the call does not tell. */
  readonly resource: string | undefined;
}

/** What a policy is asked: any one of the resources is enough. */
export interface PolicyQuestion extends Omit<PolicyCall, 'resource'> {
  readonly resources: readonly string[];
  /** A missing permission is no refusal. */
  readonly optional: boolean;
  readonly context: ContextValues;
}

/**
 * The policies of a role, to simulate under: `policy` of `simulate` refuses what they do not allow, and over any number
 * of runs they remember what was used. Only the role's own policies count: no resource policy, permissions boundary or
 * organisation's policy.
 * @throws SimulationError for what IAM refuses in a role's policy, and for condition operators that are not simulated.
 *
 * @example
 * const policy = new RolePolicy(policyFromPermissions(compile(ship).permissions));
 * const shipped = await simulate(compile(ship).machine, { order: 'o-7' }, { ...world(), policy });
 * shipped.status; // → "SUCCEEDED"
 * policy.unused(); // → []
 */
export class RolePolicy {
  readonly #statements: readonly ReadStatement[];
  readonly #context: RequestContext;
  readonly #used = new Set<string>();
  readonly #refused = new Map<string, PolicyCall>();
  readonly #unchecked = new Map<string, PolicyCall>();

  /**
   * @param policy a policy, or several, or their statements.
   * @param options.context what every request has, by condition key (`aws:PrincipalOrgID`), where a condition or a
   * policy variable asks for what the simulator does not know; `[]` for a key that no request has.
   */
  constructor(
    policy: PolicyDocument | readonly (PolicyDocument | PolicyStatement)[],
    options: { readonly context?: ContextValues } = {},
  ) {
    this.#statements = readStatements(policy);
    this.#context = requestContext(options.context ?? {});
  }

  /** What no run has used yet, in the policy's order. */
  unused(): readonly Grant[] {
    return this.#statements
      .filter(({ effect }) => effect === 'Allow')
      .flatMap((statement) => grantsOf(statement))
      .filter((grant) => !this.#used.has(JSON.stringify(grant)));
  }

  /** What runs needed and the policy did not allow, each once. */
  refused(): readonly PolicyCall[] {
    return [...this.#refused.values()];
  }

  /** What was allowed by the action alone, because the simulator does not know on what the call is made; each once. */
  unchecked(): readonly PolicyCall[] {
    return [...this.#unchecked.values()];
  }

  /**
   * The policy's answer to a need of a call; what it allows counts as used.
   * @throws SimulationError when the answer depends on what the simulator does not know.
   */
  answer({ machine, state, action, resources, optional, context }: PolicyQuestion): Decision {
    const common = new Map([...requestContext(context), ...this.#context]);
    const asked = resources.length === 0 ? [undefined] : resources;
    const decisions = asked.map((resource) =>
      this.#decide({ action, resource, context: common }, state ?? machine),
    );
    const allowing = decisions.filter((decision) => decision.allowed);
    for (const { statement, actions, resources: on } of allowing.flatMap(({ by }) => by))
      for (const grant of grantsOf(statement, { actions, resources: on }))
        this.#used.add(JSON.stringify(grant));
    const call = { machine, state, action, resource: asked[0] };
    const [first] = allowing;
    if (first !== undefined && call.resource === undefined) this.#unchecked.set(JSON.stringify(call), call);
    if (first === undefined && !optional) this.#refused.set(JSON.stringify(call), call);
    return first ?? (decisions[0] as Decision);
  }

  #decide(request: PolicyRequest, place: string): Decision {
    const owner = request.resource?.split(':')[4];
    const context = owner ? new Map([['aws:resourceaccount', [owner]], ...request.context]) : request.context;
    try {
      return decide(this.#statements, { ...request, context });
    } catch (fault) {
      if (!(fault instanceof Unprovable)) throw fault;
      throw new SimulationError(
        `'${place}' needs ${request.action} on ${request.resource ?? 'a resource that is not known'}, and whether the ` +
          `policy allows it cannot be told from ${fault.message}`,
      );
    }
  }
}

/** Every pair of the statement, or those of some of its patterns. */
function grantsOf(
  { label, actions, resources }: ReadStatement,
  some: { readonly actions: readonly string[]; readonly resources: readonly string[] } = {
    actions: actions.patterns,
    resources: resources.patterns,
  },
): readonly Grant[] {
  const butFor = (patterns: readonly string[]) => [`everything but ${patterns.join(', ')}`];
  const [of, on] = [
    actions.except ? butFor(actions.patterns) : some.actions,
    resources.except ? butFor(resources.patterns) : some.resources,
  ];
  return of.flatMap((action) => on.map((resource) => ({ statement: label, action, resource })));
}
