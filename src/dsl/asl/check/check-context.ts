import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import type { StateNode } from './machine-tree.ts';
import { nearest } from './nearest.ts';
import type { Read } from './reads.ts';

/** Source: developer guide, "Accessing execution data from the Context object". Of what is null all parts are data. */
const CONTEXT: Parts = {
  Execution: parts('Id Name RedriveCount RedriveTime RoleArn StartTime', 'Input'),
  State: parts('EnteredTime Name RetryCount'),
  StateMachine: parts('Id Name'),
  Task: parts('Token'),
  Map: { Item: parts('Index Key Source', 'Value') },
};

interface Parts {
  readonly [name: string]: Parts | null;
}

function parts(names: string, data = ''): Parts {
  const all = [...names.split(' ').map((name) => [name, {}]), ...data.split(' ').map((name) => [name, null])];
  return Object.fromEntries(all) as Parts;
}

/**
 * Parts of the context object that are not there. In JSONPath reading one fails, in JSONata it gives nothing. Step
 * Functions may add parts, so that an unknown one is only a risk. A token that nobody waits for is told apart.
 */
export const checkContext: Check = ({ states }) =>
  states.flatMap((state) =>
    state.reads.flatMap((read) =>
      read.contextParts.flatMap((part): readonly Fault[] => {
        const why = unknownPart(part) ?? missingItem(part, read, state);
        if (why === undefined) return [];
        return [{ code: 'missing-context-part', ...at({ name: state.name, place: read.place }), ...why }];
      }),
    ),
  );

type Why = Pick<Fault, 'problem' | 'remedy'>;

function unknownPart(part: string): Why | undefined {
  let here: Parts | null = CONTEXT;
  const before: string[] = [];
  for (const name of part === '' ? [] : part.split('.')) {
    if (here === null) return undefined;
    const next: Parts | null | undefined = Object.hasOwn(here, name) ? here[name] : undefined;
    if (next === undefined) {
      const names = Object.keys(here);
      const meant = nearest(name, names);
      const whole = (last: string) => [...before, last].join('.');
      return {
        problem: `the context object has no ${whole(name)}`,
        remedy:
          names.length === 0
            ? `read ${before.join('.')}`
            : meant === undefined
              ? `read one of ${names.map(whole).join(', ')}`
              : `write ${whole(meant)}`,
      };
    }
    before.push(name);
    here = next;
  }
  return undefined;
}

/** A map's own fields that are evaluated for each item, and those of which the guide does not say it. */
const OF_ITEMS: ReadonlySet<string> = new Set(['ItemSelector', 'Parameters', 'ItemBatcher', 'ItemReader']);

function missingItem(part: string, { field }: Read, state: StateNode): Why | undefined {
  if (!/^Map(?:\.|$)/.test(part) || isInMap(state)) return undefined;
  if (state.type !== 'Map')
    return {
      problem: 'there is an item only in a Map',
      remedy: 'leave it out, or move the state into the body of a Map',
    };
  if (OF_ITEMS.has(field)) return undefined;
  return {
    problem: `${field} of a Map is evaluated once, and has no item`,
    remedy: 'read it in ItemSelector, or in the states of the body',
  };
}

const isInMap = ({ flow: { outer } }: StateNode): boolean =>
  outer !== undefined && (outer.type === 'Map' || isInMap(outer));
