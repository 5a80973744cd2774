import { type Context, createContext, Script } from 'node:vm';
import { Endless } from './endless.ts';

/** Milliseconds that one match may take. */
const longest = 1000;

/** Steps that a match may take without being watched, which costs a tenth of a millisecond. */
const harmless = 1e8;

/** By pattern, what it was last watched on to the end of the match, which it comes to again. */
const ended = new Map<string, { readonly text: string; readonly lastIndex: number }>();

/** Made when it is first needed. */
let matching: { readonly context: Context; readonly script: Script } | undefined;

/**
 * What a pattern matches, as `exec` gives it. One that may go back and forth in the text for longer than anybody waits,
 * such as `(a+)+$`, is stopped after a second of work. Only the time on the wall can stop it: where it passed without
 * work, because the machine was busy with something else, the match begins again and has twice as long.
 * @throws Endless
 */
export function boundedExec(pattern: RegExp, text: string): RegExpExecArray | null {
  const { source, flags, lastIndex } = pattern;
  if (!mayBeEndless(source, text)) return pattern.exec(text);
  const key = `/${source}/${flags}`;
  const seen = ended.get(key);
  if (seen?.text === text && seen.lastIndex === lastIndex) return pattern.exec(text);
  const match = watchedExec(pattern, text);
  ended.set(key, { text, lastIndex });
  return match;
}

function watchedExec(pattern: RegExp, text: string): RegExpExecArray | null {
  matching ??= { context: createContext({}), script: new Script('exec()') };
  const { context, script } = matching;
  context['exec'] = () => pattern.exec(text);
  for (let timeout = longest; ; timeout *= 2) {
    const before = process.cpuUsage();
    try {
      return script.runInContext(context, { timeout }) as RegExpExecArray | null;
    } catch (fault) {
      if ((fault as { readonly code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw fault;
      const { user, system } = process.cpuUsage(before);
      if ((user + system) / 1000 >= longest / 2) throw new Endless();
    }
  }
}

/** Every repetition can begin and end anywhere; one of a group can hold others. */
function mayBeEndless(source: string, text: string): boolean {
  const repetitions = repetitionsIn(source);
  return repetitions === Number.POSITIVE_INFINITY || text.length ** (1 + repetitions) > harmless;
}

const known = new Map<string, number>();

/** How many repetitions a pattern has; without end where one of a group can hold others. */
function repetitionsIn(source: string): number {
  let repetitions = known.get(source);
  if (repetitions !== undefined) return repetitions;
  repetitions = /\)[*+{]/.test(source) ? Number.POSITIVE_INFINITY : (source.match(/[*+]|,\}/g)?.length ?? 0);
  known.set(source, repetitions);
  return repetitions;
}

/** What stands in for a regular expression where one is matched again and again from where it stopped. */
export class BoundedRegExp {
  readonly #pattern: RegExp;

  constructor(pattern: RegExp) {
    this.#pattern = new RegExp(pattern);
  }

  get lastIndex(): number {
    return this.#pattern.lastIndex;
  }

  set lastIndex(index: number) {
    this.#pattern.lastIndex = index;
  }

  exec(text: string): RegExpExecArray | null {
    return boundedExec(this.#pattern, text);
  }
}
