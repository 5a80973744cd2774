import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { isCallOf } from './is-call-of.ts';
import { isObject, shown } from './json-value.ts';

/** What the writer of a distributed map calls, and where to. Source: developer guide, "ResultWriter (Map)". */
export const checkResultWriter: Check = ({ states }) =>
  states.flatMap((state): readonly Fault[] => {
    const { ResultWriter: writer } = state.value;
    if (state.type !== 'Map' || !isObject(writer) || typeof writer.Resource !== 'string') return [];
    if (!isCallOf(writer.Resource, ['s3:putObject'])) {
      const problem = `a ResultWriter cannot call ${shown(writer.Resource)}`;
      const remedy = 'use arn:aws:states:::s3:putObject';
      return [{ code: 'unknown-integration', ...at(state, '/ResultWriter/Resource'), problem, remedy }];
    }
    const field = state.language === 'JSONata' ? 'Arguments' : 'Parameters';
    if (writer[field] !== undefined) return [];
    const problem = `a ResultWriter with a Resource must have ${field}`;
    return [
      { code: 'missing-field', ...at(state, '/ResultWriter'), problem, remedy: `add ${field} with Bucket` },
    ];
  });
