/**
 * Characters of all faults together. A cause may have 32,768 (Step Functions, API_SendTaskFailure),
 * and Lambda tells an error's words twice: as message and as trace.
 */
const MOST_CHARACTERS = 12_000;
/** Characters of one. */
const LONGEST_FAULT = 2_000;

/** Everything that is wrong, counted, one fault a line; of very many those for which a cause has room. */
export function faultsInWords(faults: readonly string[]): string {
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  let room = MOST_CHARACTERS;
  const told = faults
    .map((fault) => `\n- ${fault.length > LONGEST_FAULT ? `${fault.slice(0, LONGEST_FAULT - 1)}…` : fault}`)
    .filter((line) => (room -= line.length) >= 0);
  const more = faults.length - told.length;
  return `${count}:${told.join('')}${more > 0 ? `\n- and ${more} more, told when these are mended` : ''}`;
}
