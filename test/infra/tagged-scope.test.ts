import { Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib';
import { beforeAll, expect, it } from 'vitest';
import { Recovery } from '../../infra/recovery.ts';
import type { PolicyDocument } from '../../src/dsl/asl/policy-document.ts';
import { RolePolicy } from '../../src/dsl/simulator/iam/role-policy.ts';
import { policyFromTemplate } from '../../src/dsl/simulator/iam/template/policy-from-template.ts';
import { freezeHandler } from '../../src/tasks/freeze/handler.ts';
import { surveyHandler } from '../../src/tasks/survey/handler.ts';
import { thawHandler } from '../../src/tasks/thaw/handler.ts';
import { incident, openBadImport, sweep } from '../support/bad-import.ts';
import { freshLedger } from '../support/fresh-ledger.ts';
import { functionArn, type ApplicationFunction } from '../support/lambda-application.ts';
import { LEDGER_TABLE } from '../support/ledger-table.ts';
import { shop as application } from '../support/shop.ts';
import { clientsUnder } from '../support/task-roles.ts';
import { writeMetrics } from '../support/write-metrics.ts';
import { emptyStack, env, shop } from './protected-shop.ts';

const STACK = 'aws:cloudformation:stack-name';
const scope = {
  tags: [{ key: 'app', value: 'shop' }],
  stacks: ['ShopStack'],
  exclude: [functionArn('status-page')],
};

const ledger = freshLedger();
let template: Template;
beforeAll(async () => {
  const stack = emptyStack();
  const recovery = new Recovery(stack, 'Recovery', { ...shop(stack), functions: scope });
  template = Template.fromStack(Stack.of(recovery));
}, 60_000);

/** The policy of a task's function as the template has it. */
function policyOf(task: string): RolePolicy {
  const [id = ''] = Object.keys(
    template.findResources('AWS::Lambda::Function', {
      Properties: { FunctionName: `ShopRecovery-${task}` },
    }),
  );
  const policy = JSON.stringify(policyFromTemplate(template.toJSON(), id, env));
  // The ledger of these tests has a name of its own.
  return new RolePolicy(
    JSON.parse(policy.replaceAll('table/ShopRecovery-ledger', `table/${LEDGER_TABLE}`)) as PolicyDocument,
  );
}

/** An application, and environments in which a task makes only the calls that its own role allows. */
function deployed(given: Record<string, ApplicationFunction>) {
  const { environment, functions, mappings } = application(ledger, {
    functions: given,
    mappings: { 'uuid-mail': { function: 'mail', state: 'Enabled' } },
    system: { functions: { names: [], ...scope } },
  });
  const under = (task: string) => {
    const clients = { ...environment, cloudwatch: writeMetrics(new Map(), () => environment.clock.now()) };
    const contextOf = ({ UUID = '', FunctionName = '' }: Readonly<Record<string, string>>) => ({
      'lambda:FunctionArn': functionArn(mappings.get(UUID)?.function ?? ''),
      'aws:ResourceTag/app': functions.get(FunctionName)?.tags?.app ?? [],
      [`aws:ResourceTag/${STACK}`]: functions.get(FunctionName)?.tags?.[STACK] ?? [],
    });
    return { ...environment, ...clientsUnder(clients, { task, policy: policyOf(task), contextOf }) };
  };
  const reserved = () => [...functions].map(([name, one]) => [name, one.reserved]);
  return { functions, under, reserved };
}

it('surveys, freezes, sweeps and thaws by tag under the roles that it is deployed with', async () => {
  const { functions, under, reserved } = deployed({
    orders: { tags: { app: 'shop' }, reserved: 25 },
    mail: { tags: { [STACK]: 'ShopStack' } },
    blog: { tags: { app: 'blog' } },
  });
  await expect(surveyHandler({ ...incident, tables: ['orders'] }, under('Survey'))).resolves.toMatchObject({
    faults: [],
    functions: 2,
  });
  await openBadImport(ledger);
  await expect(freezeHandler(incident, under('Freeze'))).resolves.toMatchObject({
    functions: 2,
    eventSourceMappings: 1,
  });
  // Both have left the scope when they are put back.
  functions.set('orders', { reserved: 0 });
  functions.set('mail', { reserved: 0 });
  await expect(freezeHandler(sweep, under('Freeze'))).resolves.toMatchObject({ functions: 2, changed: 0 });
  await thawHandler(incident, under('Thaw'));
  expect(reserved()).toEqual([
    ['orders', 25],
    ['mail', undefined],
    ['blog', undefined],
  ]);
});

it('says so when a function that has lost its tag runs again, which its role cannot stop', async () => {
  const { functions, under } = deployed({
    orders: { tags: { app: 'shop' } },
    mail: { tags: { [STACK]: 'ShopStack' } },
  });
  await openBadImport(ledger);
  await freezeHandler(incident, under('Freeze'));
  functions.set('orders', {});
  await expect(freezeHandler(sweep, under('Freeze'))).rejects.toMatchObject({
    name: 'FreezeIncomplete',
    message: expect.stringMatching(/function orders: AccessDeniedException.*PutFunctionConcurrency/),
  });
});
