import type { Check } from './check.ts';
import { at, type Fault } from './finding.ts';
import { shown } from './json-value.ts';

/** Paths and calls of intrinsic functions that cannot be read. */
export const checkPaths: Check = ({ states }) =>
  states.flatMap(({ name, reads }) =>
    reads
      .filter(({ takes, fault }) => takes !== 'jsonata' && fault !== undefined)
      .map((read): Fault => {
        const wanted = read.takes === 'reference' ? 'a reference path' : `a ${read.takes}`;
        return {
          code: 'invalid-path',
          ...at({ name, place: read.place }),
          problem: `must be ${wanted === 'a path or intrinsic' ? 'a path or a call of an intrinsic function' : wanted}, got ${shown(read.text)}: ${read.fault}`,
          ...(read.place.endsWith('.$') ? { awsMessage: inAwsWords(read.place) } : {}),
          remedy: read.takes === 'path or intrinsic' ? "mend it, or drop '.$' from the key" : 'mend the path',
        };
      }),
  );

const inAwsWords = (place: string): string =>
  `The value for the field '${place.slice(place.lastIndexOf('/') + 1)}' must be a valid JSONPath or a valid intrinsic function call`;
