import { errorName } from '../aws-error.ts';

/** What was seen, or the name of the error that kept it from being seen. */
export type Look<T> = { readonly seen: T } | { readonly unseen: string };

/** Looks at what a recovery can do without knowing: who may not look is told, and nothing fails for it. */
export async function look<T>(at: () => Promise<T>): Promise<Look<T>> {
  try {
    return { seen: await at() };
  } catch (error) {
    return { unseen: errorName(error) };
  }
}

/** What was seen, or what counts instead. */
export const seenOr = <T>(looked: Look<T>, instead: T): T => ('seen' in looked ? looked.seen : instead);
