/** An author's mistake in a workflow's definition, thrown at the call that made it, else at compile. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
}
