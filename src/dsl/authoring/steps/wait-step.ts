import { DefinitionError } from '../../ast/definition-error.ts';
import type { StepNode } from '../../ast/step-node.ts';
import { nodeOf } from '../../expression/expression.ts';
import { operandOf } from '../../expression/template.ts';
import { calledWith } from '../checked.ts';
import { seconds } from '../duration.ts';
import { shown } from '../shown.ts';
import type { StepGround } from '../standing.ts';

/** A wait for a duration in words, or for a number of seconds known when the machine runs. */
export function waitForNode(ground: StepGround, time: unknown): StepNode {
  const given: unknown =
    typeof time === 'function' ? calledWith(time, ground, 'the time') : seconds(time as never);
  if (nodeOf(given) === undefined && !(Number.isInteger(given) && Number(given) >= 0))
    throw new DefinitionError(
      `${ground.place}: a wait is for a whole number of seconds, 0 or more, got ${shown(given)}; change it`,
    );
  return { kind: 'wait', name: ground.name, wait: { seconds: operandOf(given) } };
}

/** A wait until a time that is written out, or one known when the machine runs. */
export function waitUntilNode(ground: StepGround, time: unknown): StepNode {
  const given: unknown = typeof time === 'function' ? calledWith(time, ground, 'the time') : time;
  if (typeof time !== 'function' && !isTime(time))
    throw new DefinitionError(
      `${ground.place}: a time is ISO 8601 text with its offset, got ${shown(time)}; write for example '2026-11-22T03:00:00Z'`,
    );
  return { kind: 'wait', name: ground.name, wait: { until: operandOf(given) } };
}

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

const isTime = (given: unknown): boolean =>
  typeof given === 'string' && ISO_TIME.test(given) && !Number.isNaN(Date.parse(given));
