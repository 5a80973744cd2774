import type { Template } from 'aws-cdk-lib/assertions';
import { text } from './text.ts';

export interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: unknown;
}

interface RawStatement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** What the roles of all functions and state machines allow, by the physical name of function or machine. */
export function roleStatements(template: Template): Map<string, Statement[]> {
  const policies = Object.values(template.findResources('AWS::IAM::Policy'));
  const users = [
    ...Object.values(template.findResources('AWS::Lambda::Function')).map(({ Properties: made }) => ({
      name: (made.FunctionName ?? '') as string,
      role: made.Role as unknown,
    })),
    ...Object.values(template.findResources('AWS::StepFunctions::StateMachine')).map(
      ({ Properties: made }) => ({ name: made.StateMachineName as string, role: made.RoleArn as unknown }),
    ),
  ];
  return new Map(
    users.map(({ name, role }) => {
      const [roleId] = (role as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'];
      const attached = policies.filter(({ Properties: made }) =>
        (made.Roles as { Ref: string }[]).some(({ Ref }) => Ref === roleId),
      );
      const statements = attached.flatMap(
        ({ Properties: made }) => made.PolicyDocument.Statement as RawStatement[],
      );
      return [name, statements.map(readable)];
    }),
  );
}

function readable({ Effect, Action, Resource, Condition }: RawStatement): Statement {
  return {
    effect: Effect,
    actions: [Action].flat(),
    resources: [Resource].flat().map(text),
    condition: Condition,
  };
}

/** The resources on which one of the statements allows an action. */
export function allowedOn(statements: readonly Statement[] | undefined, action: string): string[] {
  return (statements ?? [])
    .filter(({ effect, actions }) => effect === 'Allow' && actions.includes(action))
    .flatMap(({ resources }) => resources)
    .sort();
}
