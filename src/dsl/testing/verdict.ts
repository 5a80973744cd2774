import { SimulationError } from '../simulator/simulation-error.ts';
import { pathText } from './path/path-text.ts';
import { endingOf, type TestRun } from './test-run.ts';

/** What a matcher answers, as test runners want it. */
interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
  /** What a test runner shows the difference of. */
  readonly actual?: unknown;
  readonly expected?: unknown;
}

/** What was expected of a run, whether it holds, and what there was instead. */
interface Finding {
  readonly pass: boolean;
  readonly what: string;
  readonly instead?: string | undefined;
  readonly difference?: { readonly actual: unknown; readonly expected: unknown } | undefined;
}

/** A matcher of what is found in a run; it tells the path too. */
export function matcher<Given extends readonly unknown[]>(
  find: (run: TestRun, ...given: Given) => Finding,
): (run: TestRun, ...given: Given) => Verdict {
  return (run, ...given) => {
    if (!isRun(run))
      throw new SimulationError('a finished run is wanted: await machine.run(input), or session.finish()');
    const { pass, what, instead, difference } = find(run, ...given);
    const words = [
      `expected ${pass ? 'anything but ' : ''}${what}`,
      ...(instead === undefined ? [] : [instead]),
      `the path taken is\n  ${pathText(run.path)}`,
      `it ${endingOf(run)}`,
    ];
    return { pass, message: () => words.join('\n'), ...(pass ? {} : difference) };
  };
}

const isRun = (given: unknown): boolean =>
  typeof given === 'object' && given !== null && 'path' in given && 'status' in given && 'machine' in given;
