/** Everything that is wrong, counted, one fault a line. */
export function faultsInWords(faults: readonly string[]): string {
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  return `${count}:${faults.map((fault) => `\n- ${fault}`).join('')}`;
}
