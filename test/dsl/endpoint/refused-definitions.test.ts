import {
  CreateStateMachineCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { refusedDefinitions } from '../../support/refused-definitions.ts';
import {
  calling,
  echo,
  roleArn,
  type ServedEndpoint,
  servedEndpoint,
} from '../../support/served-endpoint.ts';
import { passing } from '../simulator/machines.ts';

let served: ServedEndpoint;
const created: { [type: string]: string | undefined } = {};
beforeAll(async () => {
  served = await servedEndpoint();
  for (const type of ['STANDARD', 'EXPRESS'] as const) {
    const create = { name: type, definition: JSON.stringify(echo), roleArn, type };
    created[type] = (await served.client.send(new CreateStateMachineCommand(create))).stateMachineArn;
  }
});
afterAll(() => served.close());

const validate = async (definition: string, type: 'STANDARD' | 'EXPRESS' = 'STANDARD') =>
  served.client.send(new ValidateStateMachineDefinitionCommand({ definition, type }));

it.each(refusedDefinitions)(
  'refuses $what when it is created, updated and validated, in the same words',
  async ({ definition: given, type = 'STANDARD', awsCode, message, place }) => {
    const definition = JSON.stringify(given);
    const { result, diagnostics = [] } = await validate(definition, type);
    expect(result).toBe('FAIL');
    expect(diagnostics).toEqual([
      { severity: 'ERROR', code: awsCode, message: expect.stringContaining(message), location: place },
    ]);
    const refused = {
      name: 'InvalidDefinition',
      message: `Invalid State Machine Definition: '${awsCode}: ${diagnostics[0]?.message} at ${place}'`,
    };
    const create = new CreateStateMachineCommand({ name: 'Refused', definition, roleArn, type });
    await expect(served.client.send(create)).rejects.toMatchObject(refused);
    const update = new UpdateStateMachineCommand({ stateMachineArn: created[type], definition });
    await expect(served.client.send(update)).rejects.toMatchObject(refused);
  },
);

it('tells of several what each is, as Step Functions does', async () => {
  const definition = JSON.stringify({
    StartAt: 'A',
    States: { A: { Type: 'Pass', Next: 'B', End: true }, B: { Type: 'Succeed' }, C: { Type: 'Succeed' } },
  });
  const { diagnostics = [] } = await validate(definition);
  expect(diagnostics).toHaveLength(2);
  const told = diagnostics.map(({ code, message, location }) => `${code}: ${message} at ${location}`);
  const create = new CreateStateMachineCommand({ name: 'Refused', definition, roleArn });
  await expect(served.client.send(create)).rejects.toMatchObject({
    message: `Invalid State Machine Definition: '${told.join(', ')}'`,
  });
});

it('takes what only fails executions, and validates it so', async () => {
  const definition = JSON.stringify(passing('{% $nowhere %}'));
  expect(await validate(definition)).toMatchObject({ result: 'OK', diagnostics: [] });
  await expect(
    served.client.send(new CreateStateMachineCommand({ name: 'Taken', definition, roleArn })),
  ).resolves.toMatchObject({ stateMachineArn: expect.any(String) });
});

it('says of a call that no client can make how it is answered here', async () => {
  const glue = calling('arn:aws:states:::glue:startJobRun', { Parameters: { JobName: 'j' } });
  const own = await servedEndpoint({ clients: { glue: { send: () => Promise.reject(new Error('never')) } } });
  const ended = await own.ended(await own.start(await own.create('M', glue)));
  expect(ended).toMatchObject({
    error: 'States.Runtime',
    cause: expect.stringMatching(/is not simulated; give a test case that answers it by --mocks FILE$/),
  });
  await own.close();
});
