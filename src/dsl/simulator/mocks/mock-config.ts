import type { Json, JsonObject } from '../../asl/machine.ts';
import { SimulationError } from '../simulation-error.ts';

/** What one call is answered with. */
export type MockedReply =
  { readonly returns: Json } | { readonly throws: { readonly Error: string; readonly Cause: string } };

/** A response of the file: its replies, each for a call or a range of calls, counted from 0 without gaps. */
export interface MockedResponse {
  readonly name: string;
  /** Where a state is given it, as in `StateMachines.Order.TestCases.Well.Charge`. */
  readonly place: string;
  readonly replies: readonly {
    /** As it is written: `0` or `1-2`. */
    readonly key: string;
    readonly first: number;
    readonly last: number;
    readonly reply: MockedReply;
  }[];
}

/** What the states of a machine are answered with in one test case. */
export interface MockedStates {
  readonly [state: string]: MockedResponse;
}

/** Which test case of the file; not needed where there is only one. */
export interface TestCaseChoice {
  readonly machine?: string | undefined;
  readonly testCase?: string | undefined;
}

/**
 * Reads a test case of Step Functions Local's `MockConfigFile.json`: `{StateMachines: {<name>: {TestCases: {<case>:
 * {<state>: <response>}}}}, MockedResponses: {<response>: {"0": {Return}, "1-2": {Throw: {Error, Cause}}}}}`.
 * @throws SimulationError that names the place, for a file of another form and for a choice that it does not have.
 */
export function mockedStates(config: unknown, { machine, testCase }: TestCaseChoice): MockedStates {
  const root = fieldsOf(config, 'the mock configuration');
  const machines = fieldsOf(root.StateMachines, 'StateMachines');
  const machineName = chosen(machines, machine, 'StateMachines');
  const place = `StateMachines.${machineName}`;
  const cases = fieldsOf(fieldsOf(machines[machineName], place).TestCases, `${place}.TestCases`);
  const caseName = chosen(cases, testCase, `${place}.TestCases`);
  const responses = fieldsOf(root.MockedResponses, 'MockedResponses');
  const states = fieldsOf(cases[caseName], `${place}.TestCases.${caseName}`);
  return Object.fromEntries(
    Object.entries(states).map(([state, name]) => {
      if (typeof name !== 'string' || !Object.hasOwn(responses, name))
        throw new SimulationError(
          `${place}.TestCases.${caseName}.${state}: MockedResponses has no ${JSON.stringify(name)}; it has ` +
            (Object.keys(responses).join(', ') || 'none'),
        );
      const where = `${place}.TestCases.${caseName}.${state}`;
      return [state, { name, place: where, replies: repliesOf(`MockedResponses.${name}`, responses[name]) }];
    }),
  );
}

/** The reply to a call by its number, counted from 0. */
export const replyAt = ({ replies }: MockedResponse, number: number): MockedReply | undefined =>
  replies.find(({ first, last }) => first <= number && number <= last)?.reply;

function repliesOf(place: string, given: Json | undefined): MockedResponse['replies'] {
  const replies = Object.entries(fieldsOf(given, place)).map(([key, reply]) => {
    const match = /^(\d+)(?:-(\d+))?$/.exec(key);
    const [first, last] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
    if (match === null || last < first)
      throw new SimulationError(
        `${place}.${key}: a reply is for a call or a range of them; write "0" or "1-2"`,
      );
    return { key, first, last, reply: replyFrom(reply, `${place}.${key}`) };
  });
  refuseGaps(place, replies);
  return replies;
}

/** Calls are counted from 0, and each has one reply. */
function refuseGaps(place: string, replies: MockedResponse['replies']): void {
  let next = 0;
  for (const { key, first, last } of [...replies].sort((one, other) => one.first - other.first)) {
    if (first > next)
      throw new SimulationError(
        `${place}: there is no reply to call ${next}, and one to call ${first}; number the replies from 0 without gaps`,
      );
    if (first < next)
      throw new SimulationError(`${place}.${key}: call ${first} has a reply already; give each call one`);
    next = last + 1;
  }
}

function replyFrom(given: Json | undefined, place: string): MockedReply {
  const { Return: returns, Throw: thrown, ...rest } = fieldsOf(given, place);
  if (returns !== undefined && thrown !== undefined)
    throw new SimulationError(`${place}: a reply has both Return and Throw; leave one of them out`);
  const one = (returns === undefined) !== (thrown === undefined) && Object.keys(rest).length === 0;
  if (!one) throw new SimulationError(`${place}: a reply has either Return or Throw, and nothing else`);
  if (returns !== undefined) return { returns };
  const { Error: error, Cause: cause = '', ...more } = fieldsOf(thrown, `${place}.Throw`);
  if (typeof error !== 'string' || typeof cause !== 'string' || Object.keys(more).length > 0)
    throw new SimulationError(
      `${place}.Throw: it has Error and Cause, which are texts; write { "Error": "…", "Cause": "…" }`,
    );
  return { throws: { Error: error, Cause: cause } };
}

function chosen(among: JsonObject, wanted: string | undefined, place: string): string {
  const names = Object.keys(among);
  const [only] = names;
  const name = wanted ?? (names.length === 1 ? only : undefined);
  if (name !== undefined && Object.hasOwn(among, name)) return name;
  throw new SimulationError(
    wanted === undefined
      ? `${place} has ${names.join(', ') || 'nothing'}: say which`
      : `${place} has no '${wanted}'; it has ${names.join(', ') || 'nothing'}`,
  );
}

function fieldsOf(given: unknown, place: string): JsonObject {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as JsonObject;
  throw new SimulationError(`${place} must be an object, got ${JSON.stringify(given) ?? 'nothing'}`);
}
