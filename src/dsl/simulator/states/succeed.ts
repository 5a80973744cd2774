import type { SucceedState } from '../../asl/machine.ts';
import type { Outcome } from '../outcome.ts';
import type { Process } from '../request.ts';

// oxlint-disable-next-line require-yield -- every state's work is a process
export function* performSucceed(state: SucceedState): Process<Outcome> {
  return { next: undefined, producer: state };
}
