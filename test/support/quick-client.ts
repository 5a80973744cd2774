import { awsError } from './lambda-application.ts';
import type { LedgerTable } from './ledger-table.ts';

/** The input of any command, as aws-sdk-client-mock gives it to a fake. */
type Input = Parameters<Parameters<LedgerTable['mock']['callsFake']>[0]>[0];
type Answer = (input: Input) => unknown;

/** As much of a mocked client as the stand-ins for AWS need to set their answers. */
export interface CommandMock {
  on(command: new (input: never) => object, input?: object): { callsFake(answer: Answer): unknown };
}

export interface QuickClient {
  send(command: { readonly input: Record<string, unknown> }): Promise<unknown>;
}

interface Known {
  readonly of: Record<string, unknown>;
  readonly answer: Answer;
}

/**
 * A client that answers by command as one of aws-sdk-client-mock does, in a fraction of its time: nothing is kept of
 * the calls. The answer that was set last and fits the input counts; what nobody answers is refused.
 */
export function quickClient(service: string): { readonly client: QuickClient; readonly mock: CommandMock } {
  const answers = new Map<string, Known[]>();
  const send: QuickClient['send'] = async (command) => {
    const { input } = command;
    const known = answers.get(command.constructor.name) ?? [];
    const found = known.find(({ of }) => Object.entries(of).every(([name, value]) => input[name] === value));
    if (found === undefined) throw awsError('Error', `an unexpected call of ${service}`);
    return found.answer(input);
  };
  const on: CommandMock['on'] = (command, input = {}) => ({
    callsFake: (answer) => {
      const of = { ...input };
      answers.set(command.name, [{ of, answer }, ...(answers.get(command.name) ?? [])]);
    },
  });
  return { client: { send }, mock: { on } };
}
