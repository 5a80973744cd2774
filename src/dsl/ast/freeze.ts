/** Freezes a node and all that hangs on it, so that no pass can change what another has read. */
export function deepFreeze<T>(node: T): T {
  if (typeof node !== 'object' || node === null || Object.isFrozen(node)) return node;
  Object.freeze(node);
  for (const value of Object.values(node)) deepFreeze(value);
  return node;
}
