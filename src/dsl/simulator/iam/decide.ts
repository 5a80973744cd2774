import { matches, matchesResource } from './pattern.ts';
import type { ReadStatement } from './read-statement.ts';
import { type RequestContext, Unprovable, withVariables } from './request-context.ts';

/** One question to a policy. */
export interface PolicyRequest {
  readonly action: string;
  /** An ARN; `*` for an action that knows no resources; undefined when the call does not say on what it is made. */
  readonly resource: string | undefined;
  readonly context: RequestContext;
}

/** What of a statement allows a request: patterns as the policy writes them. */
export interface Allowing {
  readonly statement: ReadStatement;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

export type Decision =
  | { readonly allowed: true; readonly by: readonly Allowing[] }
  /** `denied`: the statement that denies it; undefined when none allows it. */
  | { readonly allowed: false; readonly denied: ReadStatement | undefined };

/**
 * IAM's answer from one role's policies: an explicit Deny wins, and what no statement allows is denied. Source: IAM
 * guide, "Policy evaluation logic".
 * @throws Unprovable, beginning with the statement, when the answer depends on what the simulator does not know.
 */
export function decide(statements: readonly ReadStatement[], request: PolicyRequest): Decision {
  const allowing: Allowing[] = [];
  const unknown = { Allow: [] as string[], Deny: [] as string[] };
  for (const statement of statements) {
    try {
      const found = applies(statement, request);
      if (found === undefined) continue;
      if (statement.effect === 'Deny') return { allowed: false, denied: statement };
      allowing.push(found);
    } catch (fault) {
      if (!(fault instanceof Unprovable)) throw fault;
      unknown[statement.effect].push(`${statement.label}: ${fault.message}`);
    }
  }
  const [reason] = allowing.length > 0 ? unknown.Deny : unknown.Allow;
  if (reason !== undefined) throw new Unprovable(reason);
  return allowing.length > 0 ? { allowed: true, by: allowing } : { allowed: false, denied: undefined };
}

function applies(
  statement: ReadStatement,
  { action, resource, context }: PolicyRequest,
): Allowing | undefined {
  const actions = fitting(statement.actions, (pattern) => matches(pattern, action, { ignoreCase: true }));
  if (actions.length === 0) return undefined;
  const resources =
    resource === undefined
      ? fittingUnknown(statement)
      : fitting(statement.resources, (written) => {
          const pattern = statement.hasVariables ? withVariables(written, context) : written;
          return pattern !== undefined && matchesResource(pattern, resource);
        });
  if (resources.length === 0 || !hold(statement, context)) return undefined;
  return { statement, actions, resources };
}

/** On a resource that is not known anything may be allowed; what denies some resources only is taken not to deny it. */
function fittingUnknown({ effect, resources: { except, patterns } }: ReadStatement): readonly string[] {
  return effect === 'Allow' || except ? patterns : patterns.filter((pattern) => pattern === '*');
}

/** The patterns that fit; of an exception (`NotAction`) all of them or none. */
function fitting(
  { except, patterns }: ReadStatement['actions'],
  fits: (pattern: string) => boolean,
): readonly string[] {
  const found = patterns.filter(fits);
  if (!except) return found;
  return found.length === 0 ? patterns : [];
}

/** One condition that is known not to hold settles it, whatever the others are. */
function hold({ conditions }: ReadStatement, context: RequestContext): boolean {
  let unknown: Unprovable | undefined;
  for (const condition of conditions)
    try {
      if (!condition(context)) return false;
    } catch (fault) {
      if (!(fault instanceof Unprovable)) throw fault;
      unknown ??= fault;
    }
  if (unknown !== undefined) throw unknown;
  return true;
}
