import { missingClient, sdkModel } from '../asl/sdk-model.ts';
import type { CallNode, IntegrationCallNode, SdkCallNode } from '../ast/step-node.ts';

/** Errors that Step Functions gives a call itself. */
const OF_STATES = /^States\./;

/** What an error of an optimised integration begins with. */
const PREFIXES: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDB',
  events: 'EventBridge',
  sns: 'SNS',
  sqs: 'SQS',
};

/**
 * What is wrong with the error names that a retry or a recovery of this call lists: names that the call can
 * never fail with, so that the retry would never match. `place` is the step's path.
 */
export function errorNameFaults(call: CallNode, errors: readonly string[], place: string): readonly string[] {
  const named = errors.filter((error) => !OF_STATES.test(error));
  if (named.length === 0) return [];
  if (call.kind === 'sdk') return sdkFaults(call, named, place);
  return call.kind === 'integration' ? integrationFaults(call, named, place) : [];
}

function sdkFaults(call: SdkCallNode, errors: readonly string[], place: string): readonly string[] {
  const model = sdkModel(call.service);
  if (model === undefined) return [`${place}: ${missingClient(call.service)}`];
  const known = new Set([
    ...model.errors.map(({ name }) => name),
    model.generalError,
    clientError(model.prefix),
  ]);
  return unknown(call, errors, model.prefix)
    .filter((error) => !known.has(error))
    .map((error) => {
      const close = [...known].find((name) => bare(name) === bare(error));
      const remedy = close
        ? `write '${close}'`
        : `an error that its model lacks comes as '${model.generalError}'`;
      return `${place}: ${call.service}:${call.action} never fails with '${error}'; ${remedy}`;
    });
}

/** A fault on the way to the service. */
const clientError = (prefix: string): string => `${prefix}.SdkClientException`;

/** An error's own name, however its prefix and suffix were written. */
const bare = (error: string): string =>
  error
    .slice(error.indexOf('.') + 1)
    .replace(/(Exception|Fault)$/, '')
    .toLowerCase();

function integrationFaults(
  call: IntegrationCallNode,
  errors: readonly string[],
  place: string,
): readonly string[] {
  const prefix = PREFIXES[call.resource.split(':')[0] ?? ''];
  if (prefix === undefined) return [];
  return unknown(call, errors, prefix)
    .filter((error) => !error.startsWith(`${prefix}.`))
    .map(
      (error) => `${place}: ${call.resource} never fails with '${error}'; its errors begin with '${prefix}.'`,
    );
}

/** Whoever answers a task token may fail it under any name; a service's own prefix is still the service's. */
const unknown = (call: CallNode, errors: readonly string[], prefix: string): readonly string[] =>
  call.waitsFor === 'token'
    ? errors.filter((error) => error.toLowerCase().startsWith(`${prefix.toLowerCase()}.`))
    : errors;
