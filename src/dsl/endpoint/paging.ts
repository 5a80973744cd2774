import { ServiceError } from './service-error.ts';

/** What a paged request asks for. */
export interface Paging {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

export const pageSize = ({ maxResults }: Paging): number => maxResults || 100;

/**
 * Where the next page begins, as a text that holds for the same question only.
 * @param question what is listed, with its filters.
 */
export const tokenFor = (at: number, question: string): string =>
  Buffer.from(JSON.stringify([at, question])).toString('base64url');

/**
 * The place that a token stands for; undefined without a token.
 * @throws ServiceError InvalidToken for one that was not given for this question.
 */
export function placeOf({ nextToken }: Paging, question: string): number | undefined {
  if (nextToken === undefined) return undefined;
  try {
    const [at, asked] = JSON.parse(Buffer.from(nextToken, 'base64url').toString()) as [unknown, unknown];
    if (Number.isInteger(at) && asked === question) return Math.max(at as number, 0);
  } catch {
    // Not a token of ours.
  }
  throw new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'");
}

/**
 * A page of a list that is at hand. A token counts what is left, so that nothing is passed over when what was listed
 * already is deleted, or something new comes before it.
 */
export function pageOf<T>(
  all: readonly T[],
  paging: Paging,
  question: string,
): { readonly page: readonly T[]; readonly nextToken?: string } {
  const left = placeOf(paging, question) ?? all.length;
  const start = Math.max(all.length - left, 0);
  const end = start + pageSize(paging);
  const page = all.slice(start, end);
  return end < all.length ? { page, nextToken: tokenFor(all.length - end, question) } : { page };
}
