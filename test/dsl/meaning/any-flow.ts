import type { Expression } from '../../../src/dsl/expression/expression.ts';

/** A reference to what is known only when the test runs. */
export interface AnyRef extends Expression<string> {
  readonly [field: string]: AnyRef;
}

export type AnyScope = { readonly [name: string]: AnyRef };

type Callback = (scope: AnyScope, also: AnyRef) => unknown;
type Inside = (flow: AnyFlow, also: AnyRef) => unknown;

/** The methods of a flow that are used here, without its types: the steps are known only when the test runs. */
export interface AnyFlow {
  run(name: string, call: Callback, options: object): AnyFlow;
  pollUntil(name: string, call: Callback, options: object): AnyFlow;
  repeatUntil(name: string, call: Callback, options: object): AnyFlow;
  waitFor(name: string, time: string | ((scope: AnyScope) => unknown)): AnyFlow;
  choose(name: string, ways: (ways: AnyWays) => unknown): AnyFlow;
  match(name: string, on: Callback, ways: { readonly [hue: string]: Inside }): AnyFlow;
  parallel(name: string, branches: { readonly [label: string]: Inside }, options: object): AnyFlow;
  forEach(name: string, options: object): AnyFlow;
  try(name: string, parts: object): AnyFlow;
  pointOfNoReturn(options: object): AnyFlow;
  fail(name: string, error: string, cause: Callback): unknown;
  returns(result: Callback): unknown;
}

export interface AnyWays {
  when(label: string, condition: Callback, body: Inside): AnyWays;
  otherwise(body: Inside): unknown;
}
