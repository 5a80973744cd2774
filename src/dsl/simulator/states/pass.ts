import type { PassState } from '../../asl/machine.ts';
import type { Outcome } from '../produce.ts';
import type { Process } from '../request.ts';

// oxlint-disable-next-line require-yield -- every state's work is a process
export function* performPass(state: PassState): Process<Outcome> {
  return { next: state.Next, producer: state };
}
