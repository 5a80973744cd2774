import type * as z from 'zod';
import type { TableRequest } from '../incident.ts';
import type { RecoverySystem } from '../recovery-system.ts';

/** What is wrong with the list of tables as it was asked for, before AWS is asked anything. */
export function requestFaults(
  tables: readonly z.output<typeof TableRequest>[],
  system: RecoverySystem,
): string[] {
  return tables.flatMap(({ name, confirm }, index) => {
    const faults: string[] = [];
    const first = tables.findIndex((table) => table.name === name);
    if (first !== index)
      faults.push(`tables[${index}].name: ${name} is tables[${first}] already; name each table once`);
    if (confirm !== name)
      faults.push(
        `tables[${index}].confirm: does not equal the name ${name}; type the table's exact name again`,
      );
    if (!system.tables.some((table) => table.name === name))
      faults.push(
        `tables[${index}].name: ${name} is not under protection; ` +
          'check the name, or add the table to the recovery system and deploy',
      );
    return faults;
  });
}
