/** What a table that a test gives has under a name from the machine; not what every object answers to. */
export const lookUp = <T>(table: { readonly [name: string]: T }, name: string): T | undefined =>
  name in Object.prototype && !Object.hasOwn(table, name) ? undefined : table[name];
