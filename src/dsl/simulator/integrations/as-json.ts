import type { Json } from '../../asl/machine.ts';

/** A copy of what code in this process returned, as it would arrive over the network: nothing becomes null. */
export function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value) ?? 'null') as Json;
}
