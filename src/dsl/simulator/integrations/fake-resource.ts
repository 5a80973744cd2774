import type { Json } from '../../asl/machine.ts';
import type { ResourceFake } from '../resource-fake.ts';
import { SimulationError } from '../simulation-error.ts';
import { StateFailure } from '../state-failure.ts';
import { misfits } from '../results/misfits.ts';
import { type KnownShape, resultShape } from '../results/result-shape.ts';
import type { World } from '../world.ts';
import { asJson } from './as-json.ts';
import type { Integration, IntegrationCall } from './integration.ts';
import { whileHolding } from './while-holding.ts';

/** Of each simulation, by Resource: a fake may be called very often. */
const shapes = new WeakMap<World, Map<string, KnownShape>>();

/** An integration that a test's own function stands in for. */
export function callFake(fake: ResourceFake): Integration {
  return async (call) => {
    const { stateName, attempt, iterations, token, executionArn, signal, world } = call;
    const told = { stateName, attempt, iterations, token };
    const { arn: resource, pattern } = call.resource;
    if (call.resource.kind === 'activity') call.begun();
    let accepted = false;
    const submitted = (output: Json) => {
      accepted = true;
      call.submitted(output);
    };
    const reply = await whileHolding(
      world.clock,
      `the fake of '${resource}' for state '${stateName}'`,
      async (clock) => {
        const deadline = call.deadline ?? Number.POSITIVE_INFINITY;
        const invocation = { clock, deadline, executionArn, signal, tokens: world.tokens };
        try {
          const args = structuredClone(call.arguments);
          const result = jsonOf(await fake(args, { ...invocation, ...told, resource, submitted }), call);
          refuseMisfit(result, call);
          return result;
        } catch (fault) {
          if (fault instanceof SimulationError || fault instanceof StateFailure) throw fault;
          if (fault instanceof Error) throw new StateFailure(fault.name, fault.message);
          throw new StateFailure(typeof fault, String(fault));
        }
      },
    );
    if (pattern.startsWith('sync') && !accepted) call.submitted(reply);
    return reply;
  };
}

/** @throws SimulationError for what JSON cannot hold, such as a circle. */
function jsonOf(answer: unknown, { stateName, resource }: IntegrationCall): Json {
  try {
    return asJson(answer);
  } catch (fault) {
    throw new SimulationError(
      `the fake of '${resource.arn}' answers state '${stateName}' with what is no JSON: ${(fault as Error).message}`,
      { cause: fault },
    );
  }
}

/** A mock that the API could not have answered is the test's mistake. */
function refuseMisfit(result: Json, { stateName, resource, world }: IntegrationCall): void {
  const known = shapes.get(world) ?? new Map<string, KnownShape>();
  shapes.set(world, known);
  const shape = known.get(resource.arn) ?? resultShape(resource);
  known.set(resource.arn, shape);
  const wrong = misfits(result, shape, world.fieldValidationMode);
  if (wrong.length > 0)
    throw new SimulationError(
      `the fake of '${resource.arn}' answers state '${stateName}' with what that call never gives: ${wrong.join('; ')}; ` +
        'or set options.fieldValidationMode to PRESENT or NONE',
    );
}
