/** Error and cause as events and descriptions have them: what is absent has no key. */
export function withoutAbsent(
  error?: string,
  cause?: string,
): { readonly error?: string; readonly cause?: string } {
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}
