import { MOST_FAULTS } from './limits.ts';
import { deeper, type Place } from './place.ts';

interface Loop {
  /** A place within the loop; its value, path and label are still those of the list. */
  readonly inner: Place;
  readonly around: (list: string, parameters: readonly string[], faults: string) => string;
}

/** The faults of every element of a list, until there are more than will be told. */
export function loop(place: Place): Loop {
  const { type: _, orNull: __, ...outer } = place;
  const loops = place.loops + 1;
  const found = `$f${loops}`;
  return {
    inner: { ...deeper(outer, 5), loops },
    around: (list, parameters, faults) =>
      `$reduce(${list}, function(${[found, ...parameters].join(', ')}) ` +
      `{ $count(${found}) > ${MOST_FAULTS} ? ${found} : $append(${found}, ${faults}) }, [])`,
  };
}
