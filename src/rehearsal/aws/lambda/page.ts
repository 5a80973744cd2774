import { AwsError } from '../aws-error.ts';

export interface Page<Entry> {
  readonly entries: readonly Entry[];
  /** Absent on the last page. */
  readonly nextMarker?: string;
}

/**
 * One page of a Lambda listing, by the query's `Marker` and `MaxItems`.
 * @param limit the most entries a page ever has, whatever `MaxItems` says; also its default.
 * @throws AwsError InvalidParameterValueException for a marker or size that is none.
 */
export function pageOf<Entry>(entries: readonly Entry[], query: URLSearchParams, limit: number): Page<Entry> {
  const size = Number(query.get('MaxItems') ?? limit);
  const start = Number(Buffer.from(query.get('Marker') ?? '', 'base64url').toString() || 0);
  if (!Number.isInteger(size) || size < 1) throw invalid('MaxItems');
  if (!Number.isInteger(start) || start < 0) throw invalid('Marker');
  const end = start + Math.min(size, limit);
  const page = { entries: entries.slice(start, end) };
  if (end >= entries.length) return page;
  return { ...page, nextMarker: Buffer.from(String(end)).toString('base64url') };
}

function invalid(parameter: string): AwsError {
  return new AwsError('InvalidParameterValueException', `Invalid ${parameter}`, { fields: { Type: 'User' } });
}
