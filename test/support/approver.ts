import type { Json } from '../../src/dsl/asl/machine.ts';
import type { ResourceFake } from '../../src/dsl/simulator/resource-fake.ts';
import { TaskTokens } from '../../src/dsl/simulator/task-tokens.ts';

export const NOTICE_TOPIC = 'arn:aws:sns:us-east-1:123456789012:Failures';

interface Message {
  readonly TopicArn: string;
  readonly Subject: string;
  readonly Message: string;
}

/** A topic, and a person who reads it and answers when a test says so. */
export function approver() {
  const messages: Message[] = [];
  const tokens = new TaskTokens();
  const publish: ResourceFake = (given) => {
    messages.push(given as unknown as Message);
    person.asked();
    return { MessageId: 'm-1' };
  };
  const person = {
    messages,
    tokens,
    resources: { 'arn:aws:states:::sns:publish.waitForTaskToken': publish },
    /** Is called at each question. */
    asked: (): void => {},

    /** Does what the last message says under this word, letter by letter; `by` puts in another name or answer. */
    answer(word: 'Yes' | 'No', change = (output: string): string => output): void {
      const command = new RegExp(`^${word}: aws stepfunctions send-task-success (.*)$`, 'm');
      const given = command.exec(messages.at(-1)?.Message ?? '')?.[1] ?? '';
      const [, token = '', output = ''] =
        /^--region us-east-1 --task-token '(.*)' --task-output '(.*)'$/.exec(given) ?? [];
      tokens.sendTaskSuccess(token, JSON.parse(change(output)) as Json);
    },
  };
  return person;
}
