/**
 * A mistake in the test or the definition, never an outcome of the execution: nothing stands in for a task,
 * an expression does not parse, a feature is not simulated. It rejects the simulation's promise and no Catch
 * sees it.
 *
 * @example
 * await simulate(compile(ship).machine, { order: 'o-7' }, {});
 * // refuses: state 'Tracked' invokes the function 'Track', which is not there
 */
export class SimulationError extends Error {
  override readonly name = 'SimulationError';
}
