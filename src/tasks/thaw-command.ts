import type { Ledger } from './ledger/ledger.ts';

/** What a person types to thaw an incident, or to go on with its thaw. */
export const thawCommand = ({ incidentId, table }: Pick<Ledger, 'incidentId' | 'table'>): string =>
  `npx rewind thaw ${incidentId} --ledger ${table}`;
