import type { QuickClient } from '../support/quick-client.ts';
import type { Invocation } from './invocation.ts';
import type { Trouble } from './trouble.ts';

/** As Step Functions prefixes the errors of each service. */
const PREFIXES: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDb',
  lambda: 'Lambda',
  sfn: 'Sfn',
  cloudwatch: 'CloudWatch',
};

type Clients = Readonly<Record<string, QuickClient>>;

interface Account {
  readonly trouble: Trouble;
  /** Throws what the service answers when it refuses the call. */
  readonly allow: (operation: string, input: Record<string, unknown>) => void;
  /** Hears of a call that has been done. */
  readonly saw: (operation: string, input: Record<string, unknown>) => void;
}

/**
 * Clients whose calls may meet faults, and are seen when they are done.
 * @param invocation whose they are; default the state machine's.
 */
export function faultyClients(
  clients: Clients,
  { trouble, allow, saw }: Account,
  invocation?: Invocation,
): Clients {
  const through = (service: string, client: QuickClient): QuickClient => ({
    send: (command) => {
      const operation = command.constructor.name.replace(/Command$/, '');
      const perform = async () => {
        allow(operation, command.input);
        const answer = await client.send(command);
        saw(operation, command.input);
        return answer;
      };
      const call = { operation, service: PREFIXES[service] ?? service, input: command.input };
      return invocation
        ? trouble.make({ ...call, maker: 'handler', invocation }, perform)
        : trouble.make({ ...call, maker: 'machine' }, perform);
    },
  });
  return Object.fromEntries(Object.entries(clients).map(([name, client]) => [name, through(name, client)]));
}
