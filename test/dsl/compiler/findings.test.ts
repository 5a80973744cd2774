import { describe, expect, it } from 'vitest';
import { compile, warningsOf } from '../../../src/dsl/compiler/compile.ts';
import { jsonata } from '../../../src/dsl/expression/jsonata.ts';
import { dynamodb } from '../../support/aws-services.ts';
import { begin, number } from '../../support/compiled-workflow.ts';

const count = dynamodb.updateItem({ TableName: 't', Key: {}, UpdateExpression: 'ADD n :one' });
const one = number('One');

describe('the findings of a compiled workflow', () => {
  it('are none where nothing is a risk', () => {
    const subject = begin()
      .run('counted', () => count)
      .returns(() => ({ value: 1 }));
    expect(compile(subject).findings).toEqual([]);
    expect(warningsOf(compile(subject))).toEqual([]);
  });

  it('are what its author asked for and Step Functions takes, but is a risk', () => {
    const subject = begin()
      .run('counted', () => count, { retry: [{ errors: ['States.Timeout'] }] })
      .returns(() => ({ value: 1 }));
    const compiled = compile(subject);
    expect(compiled.findings).toMatchObject([
      { code: 'blind-retry', severity: 'warning', place: '/States/Counted/Retry[0]/ErrorEquals' },
    ]);
    expect(warningsOf(compiled)).toEqual([
      'Subject: /States/Counted/Retry[0]/ErrorEquals: States.Timeout retries a call that adds something each time, ' +
        'also when it has had its effect; give the request a name or token of its own, or retry only errors that ' +
        'say that nothing happened',
    ]);
  });

  it('refuses a task token in a call that waits for none', () => {
    const subject = begin()
      .run('first', () => one({ n: jsonata<number>`$length($states.context.Task.Token)` }))
      .returns(() => ({ value: 1 }));
    expect(() => compile(subject)).toThrow(
      'Subject: /States/First/Arguments/Payload/n: it reads a task token, which only a call that waits for one has',
    );
  });
});
