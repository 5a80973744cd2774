import { expect, it } from 'vitest';
import { dynamodbClient } from '../../src/tasks/aws-clients.ts';

it('makes a client of DynamoDB that copies no request for a log', () => {
  const steps = dynamodbClient().middlewareStack.identify().join('\n');
  expect(steps).toContain('retryMiddleware');
  expect(steps).not.toContain('logger');
});
