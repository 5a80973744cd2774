/**
 * An author's mistake in a workflow's definition, thrown at the call that made it, else by `compile`. It
 * names the place, what is wrong and what to change.
 *
 * @example
 * flow.waitFor('pause', '1.5 seconds');
 * // refuses: a duration must be a positive whole number of seconds, got '1.5 seconds'
 */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
}
