/** Gives an object a member, whatever its name: assigning to `__proto__` would change what the object is. */
export function put<T>(object: { [name: string]: T }, name: string, value: T): void {
  if (name === '__proto__')
    Object.defineProperty(object, name, { value, configurable: true, enumerable: true, writable: true });
  else object[name] = value;
}
