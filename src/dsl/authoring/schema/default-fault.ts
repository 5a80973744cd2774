import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { shown } from '../shown.ts';

/**
 * Why the machine cannot have the default of a schema; undefined when it can, or when there is none. A default that is
 * a function is read twice, once now and once as if it were a year later: what it gives becomes a constant.
 */
export function defaultFault(schema: z.core.$ZodType): string | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type !== 'default' && def.type !== 'prefault') return undefined;
  const now = def.defaultValue;
  const later = aYearLater(() => def.defaultValue);
  if (!isDeepStrictEqual(now, later))
    return (
      `its default is another one each time, got ${shown(now)} and ${shown(later)}, but the machine is made once and ` +
      `would give every execution the same; make it optional, and use orElse() with uuid() or ` +
      `context.Execution.StartTime where it is read`
    );
  return def.type === 'prefault' && !z.core.safeParse(def.innerType, now).success
    ? `its prefault does not fit its own schema, got ${shown(now)}; change one of them`
    : undefined;
}

const YEAR = 366 * 86_400_000;

/** What a function gives when `Date` says that a year has passed. */
function aYearLater<T>(read: () => T): T {
  const real = globalThis.Date;
  const time = real.now() + YEAR;
  globalThis.Date = new Proxy(real, {
    construct: (target, given, made) =>
      Reflect.construct(target, given.length === 0 ? [time] : given, made) as object,
    apply: () => new real(time).toString(),
    get: (target, key) => (key === 'now' ? () => time : (Reflect.get(target, key) as unknown)),
  });
  try {
    return read();
  } finally {
    globalThis.Date = real;
  }
}
