import type { Json } from '../../asl/machine.ts';
import type { ResourceFake } from '../resource-fake.ts';
import { SimulationError } from '../simulation-error.ts';
import { StateFailure } from '../state-failure.ts';
import { asJson } from './as-json.ts';
import type { Integration } from './integration.ts';
import { whileHolding } from './while-holding.ts';

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
          return asJson(await fake(args, { ...invocation, ...told, resource, submitted }));
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
