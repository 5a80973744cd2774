import { jsonataFunctions } from '../jsonata-functions.ts';
import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { isObject, objectsOf, step } from './json-value.ts';
import type { FlowNode, StateNode } from './machine-tree.ts';
import { presentAt } from './presence.ts';
import type { Read } from './reads.ts';
import { type Known, knownAt } from './variable-flow.ts';
import { assignedBy } from './transitions.ts';

/** Source: developer guide, "Passing data between states with variables", "Variable naming". */
const NAME = /^\p{ID_Start}\p{ID_Continue}*$/u;
const LONGEST = 80;

/**
 * Variables that are read before they are set, set where they may not be, or have impossible names. An inner scope
 * cannot assign a variable of an outer one, and a distributed map's body cannot even read it (developer guide,
 * "Passing data between states with variables", "Variable scope").
 */
export const checkVariables: Check = ({ flow, states }) => {
  const faults = checkScope(flow, { outer: new Set(), seen: new Set(), known: NOTHING });
  // What an Assign that is no object was to set is not known, and that it is none is told elsewhere.
  return states.some(hasUnreadableAssign) ? faults.filter(({ code }) => !UNSET.has(code)) : faults;
};

const UNSET: ReadonlySet<string> = new Set(['undefined-variable', 'maybe-undefined-variable']);

const hasUnreadableAssign = (state: StateNode): boolean =>
  [
    state.value,
    ...objectsOf(state.value.Catch).map(([one]) => one),
    ...objectsOf(state.value.Choices).map(([one]) => one),
  ].some(({ Assign }) => Assign !== undefined && !isObject(Assign));

const NOTHING: Known = { surely: new Set(), maybe: new Set() };

interface Surroundings {
  /** Every variable that a scope around sets anywhere. */
  readonly outer: ReadonlySet<string>;
  /** Those of them that can be seen here: none of those outside a distributed map. */
  readonly seen: ReadonlySet<string>;
  /** What is set when the flow is entered, and can be read in it; undefined when it never is entered. */
  readonly known: Known | undefined;
}

function checkScope(flow: FlowNode, { outer, seen, known }: Surroundings): readonly Fault[] {
  const own = flow.states.flatMap((state) => assignments(state).map(({ name }) => name));
  const around = new Set([...outer, ...own]);
  const before = known === undefined ? new Map<string, Known>() : knownAt(flow, known);
  return flow.states.flatMap((state) => {
    const here = before.get(state.name);
    return [
      ...assignments(state).flatMap((one) => faultsOfAssignment(one, seen, state)),
      // Nothing is known of a state that is never entered, and that is told elsewhere.
      ...(here === undefined
        ? []
        : state.reads.flatMap((read) => faultsOfRead(read, { state, here, outer: around }))),
      ...state.inner.flatMap((inner) =>
        checkScope(inner, {
          outer: around,
          seen: inner.distributed ? new Set() : new Set([...seen, ...own]),
          known: here && inner.distributed ? NOTHING : here,
        }),
      ),
    ];
  });
}

interface Assignment {
  readonly name: string;
  readonly part: string;
}

function assignments({ type, value }: StateNode): readonly Assignment[] {
  const of = (assign: unknown, part: string) =>
    assignedBy(assign).map((name) => ({ name, part: `${part}/Assign/${name}` }));
  return [
    ...of(value.Assign, ''),
    ...objectsOf(value.Catch).flatMap(([one, index]) => of(one.Assign, `/Catch${step(index)}`)),
    ...(type === 'Choice'
      ? objectsOf(value.Choices).flatMap(([one, index]) => of(one.Assign, `/Choices${step(index)}`))
      : []),
  ];
}

function faultsOfAssignment(
  { name, part }: Assignment,
  seen: ReadonlySet<string>,
  state: StateNode,
): readonly Fault[] {
  const here = at(state, part);
  if (name === 'states')
    return [
      {
        code: 'bad-variable-name',
        ...here,
        problem: "'states' is Step Functions' own variable",
        remedy: 'give it another name',
      },
    ];
  if (!NAME.test(name) || name.length > LONGEST)
    return [
      {
        code: 'bad-variable-name',
        ...here,
        problem: `'${name}' cannot be the name of a variable`,
        remedy: `use at most ${LONGEST} letters, digits and underscores, a letter first`,
      },
    ];
  if (!seen.has(name)) return [];
  const problem = `$${name} is a variable of a scope around, which an inner one cannot set`;
  return [{ code: 'shadowed-variable', ...here, problem, remedy: 'give the inner one another name' }];
}

function faultsOfRead(
  { place, variables, asked }: Read,
  {
    state,
    here,
    outer,
  }: { readonly state: StateNode; readonly here: Known; readonly outer: ReadonlySet<string> },
): readonly Fault[] {
  return [...variables]
    .filter((name) => !here.surely.has(name) && name !== 'eval')
    .filter((name) => state.language === 'JSONPath' || !jsonataFunctions.has(name))
    .flatMap((name): readonly Fault[] => {
      const told = { ...at({ name: state.name, place }) };
      if (here.maybe.has(name)) {
        if (asked.has(name) || presentAt(place.slice(state.place.length), state).includes(name)) return [];
        const problem = `some ways to this state do not set $${name}`;
        const ask = state.language === 'JSONata' ? `$exists($${name})` : 'IsPresent of it in a Choice';
        const remedy = `set it on every way, or ask ${ask} first`;
        return [{ code: 'maybe-undefined-variable', ...told, problem, remedy }];
      }
      const within = outer.has(name) && state.flow.distributed && !setIn(state.flow, name);
      return [
        {
          code: 'undefined-variable',
          ...told,
          problem: within
            ? `$${name} belongs to a scope around, which a distributed map's body cannot read`
            : `nothing sets $${name} before this state`,
          remedy: within
            ? 'pass it in by ItemSelector or BatchInput'
            : 'set it by the Assign of an earlier state, or check its spelling',
        },
      ];
    });
}

const setIn = (flow: FlowNode, name: string): boolean =>
  flow.states.some((state) => assignments(state).some((one) => one.name === name));
