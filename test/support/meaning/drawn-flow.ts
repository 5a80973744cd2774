import type { Call } from '../../../src/dsl/authoring/call.ts';
import type { Expression } from '../../../src/dsl/expression/expression.ts';
import type { Open, OpenScope } from './draw-expression.ts';

/** A body that has said how it ends, or goes on. */
export type OpenBody = OpenFlow | { readonly node: unknown };

type CallOf = (scope: OpenScope) => Call<unknown>;
type In = (inner: OpenFlow) => OpenBody;

export interface OpenWays {
  when(label: string, condition: (scope: OpenScope) => Expression<boolean>, body: In): OpenWays;
  otherwise(body: In): unknown;
}

/** The authoring API as it is where types allow anything: what is drawn has no types of its own. */
export interface OpenFlow {
  run(name: string, call: CallOf, options?: object): OpenFlow;
  pollUntil(name: string, call: CallOf, options: object): OpenFlow;
  repeatUntil(
    name: string,
    call: (scope: OpenScope, cursor: Open) => Call<unknown>,
    options: object,
  ): OpenFlow;
  waitFor(name: string, time: string): OpenFlow;
  choose(name: string, ways: (ways: OpenWays) => unknown): OpenFlow;
  match(
    name: string,
    on: (scope: OpenScope) => Expression<string>,
    ways: { readonly [key: string]: In },
  ): OpenFlow;
  parallel(name: string, branches: { readonly [label: string]: In }, options?: object): OpenFlow;
  forEach(name: string, options: object): OpenFlow;
  forEachDistributed(name: string, options: object): OpenFlow;
  try(name: string, parts: object): OpenFlow;
  pointOfNoReturn(options: { readonly failures: 'stayForRedrive' | 'endInWords' }): OpenFlow;
  fail(name: string, error: string, cause: (scope: OpenScope) => unknown): OpenBody;
  succeed(name: string, output: (scope: OpenScope) => unknown): OpenBody;
  returns(result: (scope: OpenScope) => unknown): OpenBody;
}
