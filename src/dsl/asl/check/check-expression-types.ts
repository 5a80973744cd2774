import type { Check } from './check.ts';
import { type ExpressionType, typeOf, whyItFails, withArticle } from './expression-types.ts';
import { at, type Fault } from './finding.ts';
import { shown } from './json-value.ts';
import { isTimestamp } from './timestamp.ts';

/** What an expression must give, by the end of its place. Source: developer guide, the page of each state. */
const WANTED: readonly (readonly [places: RegExp, types: readonly ExpressionType[]])[] = [
  [/^\/Choices\[\d+\]\/Condition$/, ['boolean']],
  [
    /^\/(?:Seconds|TimeoutSeconds|HeartbeatSeconds|MaxConcurrency|ToleratedFailureCount|ToleratedFailurePercentage)$/,
    ['number'],
  ],
  [/^\/ItemReader\/ReaderConfig\/MaxItems$/, ['number']],
  [/^\/ItemBatcher\/Max\w+PerBatch$/, ['number']],
  [/^\/(?:Timestamp|Error|Cause)$/, ['string']],
  [/^\/Items$/, ['array', 'object']],
];

/** Expressions that fail whatever the data is, and those that give what their field does not take. */
export const checkExpressionTypes: Check = ({ states }) =>
  states.flatMap((state) =>
    state.reads.flatMap(({ place, text, reading }): readonly Fault[] => {
      if (reading === undefined) return [];
      const { tree, functions } = reading;
      const here = at({ name: state.name, place });
      const why = whyItFails(tree, functions);
      if (why !== undefined)
        return [{ code: 'failing-call', ...here, problem: why, remedy: 'give it a value of that kind' }];
      const type = typeOf(tree, functions);
      const part = place.slice(state.place.length);
      if (part === '/Timestamp' && tree.type === 'string' && !isTimestamp(tree.value))
        return [
          {
            code: 'bad-timestamp',
            ...here,
            problem: `Timestamp must be an RFC 3339 time, got ${shown(tree.value)}`,
            remedy: "write it as '2026-11-22T12:00:00Z'",
          },
        ];
      const wanted = WANTED.find(([places]) => places.test(part))?.[1];
      if (type === undefined || (type !== 'function' && (wanted ?? [type]).includes(type))) return [];
      const problem =
        wanted === undefined
          ? 'it gives a function, which is no JSON'
          : `it must give ${wanted.map(withArticle).join(' or ')}, and {%${text}%} gives ${withArticle(type)}`;
      const remedy = wanted === undefined ? 'call it' : 'mend the expression';
      return [{ code: 'wrong-result-type', ...here, problem, remedy }];
    }),
  );
