import type { Check } from './check.ts';
import { cyclesOf } from './cycles.ts';
import { at, type Fault } from './finding.ts';
import { grows, growsByIntrinsic } from './growth.ts';
import type { StateNode } from './machine-tree.ts';

/** Variables, and parts of what states pass on, that a loop makes larger each time round. */
export const checkGrowth: Check = ({ flows }) =>
  flows.flatMap(cyclesOf).flatMap((loop) => {
    const handsOn = loop.filter(({ value, type }) => value.Output !== undefined || !PLAIN.has(type));
    return loop.flatMap((state) => [
      ...growingVariables(state),
      // What one state adds to the input is lost when another makes an input of its own.
      ...(handsOn.length === 1 && handsOn[0] === state ? growingOutput(state) : []),
    ]);
  });

/** States that pass on what came in, unless they have an Output. */
const PLAIN: ReadonlySet<string> = new Set(['Pass', 'Wait', 'Choice']);

const told = (state: StateNode, place: string, what: string): Fault => ({
  code: 'growing-payload',
  ...at({ name: state.name, place }),
  problem: `${what} grows each time the loop goes round`,
  remedy: 'bound the rounds, keep only the last part, or write the parts to S3 or a table',
});

const growingVariables = (state: StateNode): readonly Fault[] =>
  state.reads.flatMap(({ place, text, reading }) => {
    const [, name, within = ''] = /\/Assign\/([^/[]+?)(?:\.\$)?((?:\/.*)?)$/.exec(place) ?? [];
    if (name === undefined) return [];
    const more =
      state.language === 'JSONPath'
        ? within === '' && growsByIntrinsic(text, name)
        : grows(reading?.tree, [name, ...within.split('/').slice(1)]);
    return more ? [told(state, place, `$${name}`)] : [];
  });

const growingOutput = (state: StateNode): readonly Fault[] =>
  state.reads.flatMap(({ place, reading }) => {
    const part = place.slice(state.place.length);
    if (!/^\/Output(?:\/|$)/.test(part)) return [];
    const keys = part.split('/').slice(2);
    if (!grows(reading?.tree, ['states', 'input', ...keys])) return [];
    return [told(state, place, keys.length === 0 ? 'the output' : `${keys.join('.')} of the output`)];
  });
