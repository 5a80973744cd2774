import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';

/** Characters that a state's name may have. Source: developer guide, "Step Functions service quotas". */
const LONGEST = 80;

/** A name must be unique in the whole machine, branches and map bodies included (ASL specification, "States"). */
export const checkNames: Check = ({ states }) => {
  const seen = new Set<string>();
  return states.flatMap((state): readonly Fault[] => {
    const again = seen.has(state.name);
    seen.add(state.name);
    const length = state.name.length;
    return [
      ...(again
        ? [
            {
              code: 'duplicate-name',
              ...at(state),
              problem: 'another state of the machine has the same name',
              awsMessage: `Duplicate State name: ${state.name}`,
              remedy: 'rename one of them',
            } as const,
          ]
        : []),
      ...(length === 0 || length > LONGEST
        ? [
            {
              code: 'bad-name',
              ...at(state),
              problem: `its name has ${length} characters, and must have 1 to ${LONGEST}`,
              remedy: length === 0 ? 'name it' : 'shorten it',
            } as const,
          ]
        : []),
    ];
  });
};
