import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';

/** What ErrorPath and CausePath may call. Source: developer guide, "Fail workflow state". */
const OF_TEXT = ['Format', 'JsonToString', 'ArrayGetItem', 'Base64Encode', 'Base64Decode', 'Hash', 'UUID'];

/** Calls of intrinsic functions that fail whatever the data is, and those that a Fail may not make. */
export const checkIntrinsics: Check = ({ states }) =>
  states.flatMap(({ name, reads }) =>
    reads
      .filter(({ takes, fault }) => takes === 'path or intrinsic' && fault === undefined)
      .flatMap(({ text, place, failing }): readonly Fault[] => {
        const here = at({ name, place });
        if (failing !== undefined)
          return [{ code: 'failing-call', ...here, problem: failing, remedy: 'mend the call' }];
        const called = /^States\.(\w+)/.exec(text)?.[1];
        if (called === undefined || OF_TEXT.includes(called) || !/\/(?:Error|Cause)Path$/.test(place))
          return [];
        const problem = `States.${called} may not be called here`;
        const remedy = `call one of ${OF_TEXT.map((one) => `States.${one}`).join(', ')}`;
        return [{ code: 'failing-call', ...here, problem, remedy }];
      }),
  );
