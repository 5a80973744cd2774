import type { Json, JsonObject } from '../../asl/machine.ts';
import type { ContextValues } from './request-context.ts';
import { objectOf } from '../object-of.ts';

/** One thing that a role must be allowed for a call to be made. */
export interface Need {
  /** `lambda:InvokeFunction` */
  readonly action: string;
  /**
   * The ARNs on one of which it must be allowed: mostly one; several where AWS does not say which; none when the call
   * does not tell. `*` for an action that knows no resources.
   */
  readonly anyOf: readonly string[];
  /** What is known of this request beyond the usual, by condition key. */
  readonly context?: ContextValues;
  /** It may be needed: granted it counts as used, missing it refuses nothing. */
  readonly optional?: true;
}

/** Where a call is made from. */
export interface CallPlace {
  readonly account: string;
  readonly region: string;
  /** The state machine's own ARN. */
  readonly machineArn: string;
}

/**
 * What one action of a service needs, by the API's own name of it (`GetItem`); undefined for an action that is not
 * known, which needs the action of its name on what nobody knows.
 */
export type ServiceNeeds = (
  action: string,
  args: JsonObject,
  place: CallPlace,
) => readonly Need[] | undefined;

export const need = (action: string, on: string | undefined, context?: ContextValues): Need => ({
  action,
  anyOf: on === undefined ? [] : [on],
  ...(context === undefined ? {} : { context }),
});

/** On nothing in particular: only a policy on `*` allows it. */
export const needAnywhere = (action: string, context?: ContextValues): Need => need(action, '*', context);

/** Not known on what. */
export const needSomewhere = (action: string, context?: ContextValues): Need =>
  need(action, undefined, context);

export const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

export const objectsOf = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).map(objectOf) : [];

/** A resource that is given by name or by ARN. @param resource what stands before the name: `table/`. */
export function arnOf(
  given: string | undefined,
  {
    service,
    resource,
    place,
  }: { readonly service: string; readonly resource: string; readonly place: CallPlace },
): string | undefined {
  if (given === undefined || given.startsWith('arn:')) return given;
  return `arn:aws:${service}:${place.region}:${place.account}:${resource}${given}`;
}
