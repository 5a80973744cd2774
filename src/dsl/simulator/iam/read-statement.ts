import type { PolicyDocument, PolicyStatement } from '../../asl/policy-document.ts';
import { SimulationError } from '../simulation-error.ts';
import { type Condition, conditionOf } from './condition.ts';

/** A statement as it is compared with requests. */
export interface ReadStatement {
  /** Its Sid, or its number: `statement 2`. */
  readonly label: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Listed;
  readonly resources: Listed;
  readonly hasVariables: boolean;
  readonly conditions: readonly Condition[];
}

/** `Action`, or with `except` `NotAction`. */
interface Listed {
  readonly except: boolean;
  readonly patterns: readonly string[];
}

const FIELDS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];
const DOCUMENT_FIELDS = ['Version', 'Id', 'Statement'];
const WITH_VARIABLES = '2012-10-17';
const VERSIONS = [WITH_VARIABLES, '2008-10-17'];

/**
 * The statements of policies, in order.
 * @throws SimulationError that names the statement, for what IAM refuses in an identity's policy and for operators that
 * are not simulated.
 */
export function readStatements(
  given: PolicyDocument | readonly (PolicyDocument | PolicyStatement)[],
): readonly ReadStatement[] {
  const versioned = [given]
    .flat()
    .flatMap((one: PolicyDocument | PolicyStatement) =>
      typeof one === 'object' && one !== null && 'Statement' in one
        ? statementsOf(one)
        : [{ statement: one, version: WITH_VARIABLES }],
    );
  return versioned.map(({ statement, version }, index) =>
    readStatement(statement, statement?.Sid || `statement ${index + 1}`, version === WITH_VARIABLES),
  );
}

function statementsOf(document: PolicyDocument) {
  const strange = Object.keys(document).find((field) => !DOCUMENT_FIELDS.includes(field));
  if (strange !== undefined)
    throw new SimulationError(`policy: it has no '${strange}'; it has ${DOCUMENT_FIELDS.join(', ')}`);
  const { Version: version } = document;
  if (version !== undefined && !VERSIONS.includes(version))
    throw new SimulationError(`policy: Version must be one of ${VERSIONS.join(', ')}`);
  return [document.Statement].flat().map((statement) => ({ statement, version }));
}

function readStatement(statement: PolicyStatement, label: string, hasVariables: boolean): ReadStatement {
  const refuse = (problem: string): never => {
    throw new SimulationError(`policy, ${label}: ${problem}`);
  };
  if (typeof statement !== 'object' || statement === null) return refuse('it must be an object');
  const { Effect: effect, Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  const strange = Object.keys(statement).find((field) => !FIELDS.includes(field));
  if (strange !== undefined)
    return refuse(`a role's policy has no '${strange}' here; it has ${FIELDS.join(', ')}`);
  if (effect !== 'Allow' && effect !== 'Deny') return refuse("Effect must be 'Allow' or 'Deny'");
  const actions = listed(Action, NotAction) ?? refuse('it must have either Action or NotAction, texts');
  const resources =
    listed(Resource, NotResource) ?? refuse('it must have either Resource or NotResource, texts');
  const odd = actions.patterns.find((action) => !/^(\*|[\w-]+:[\w*?]+)$/.test(action));
  if (odd !== undefined)
    return refuse(`'${odd}' is no action; write '<service>:<Action>', as in 'sns:Publish'`);
  const nowhere = resources.patterns.find((resource) => !isResource(resource));
  if (nowhere !== undefined) return refuse(`'${nowhere}' is no resource; write an ARN, or '*'`);
  if (!isObject(Condition)) return refuse('Condition must be an object of operators');
  const conditions = Object.entries(Condition).flatMap(([operator, keys]) => {
    if (!isObject(keys))
      return refuse(`Condition.${operator} must be an object of condition keys and their values`);
    return Object.entries(keys).map(([key, value]) => {
      const values = [value].flat();
      if (!values.every((one) => ['string', 'number', 'boolean'].includes(typeof one)))
        return refuse(`Condition.${operator}.${key} must be a text, a number, a boolean or a list of them`);
      return (
        conditionOf(operator, key, { values: values.map(String), hasVariables }) ??
        refuse(
          `the condition operator '${operator}' is not simulated; leave the statement out, or state it otherwise`,
        )
      );
    });
  });
  return { label, effect, actions, resources, hasVariables, conditions };
}

function listed(
  these: string | readonly string[] | undefined,
  allBut: string | readonly string[] | undefined,
): Listed | undefined {
  if ((these === undefined) === (allBut === undefined)) return undefined;
  const patterns = [these ?? allBut ?? []].flat();
  if (patterns.length === 0 || !patterns.every((one) => typeof one === 'string')) return undefined;
  return { except: allBut !== undefined, patterns };
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What IAM takes for one. */
const isResource = (pattern: string): boolean => pattern === '*' || pattern.startsWith('arn:');
