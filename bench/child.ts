import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process of a benchmark that answers each message with one of its own. */
export interface Child {
  readonly ask: (message: unknown) => Promise<unknown>;
  readonly end: () => void;
}

interface ChildOptions {
  /** As it is called when it fails. */
  readonly name: string;
  readonly arguments?: readonly string[];
  /** Over this process's own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Options of Node; default: what runs TypeScript. */
  readonly node?: readonly string[];
}

/**
 * Starts a module in a process of its own, so that nobody else's garbage, compiled code or work slows it or speeds
 * it up. Its standard output is left out: deployed functions log there.
 */
export function startChild(module: URL, options: ChildOptions): Child {
  const child = fork(fileURLToPath(module), [...(options.arguments ?? [])], {
    execArgv: [...(options.node ?? TYPESCRIPT)],
    env: { ...process.env, NODE_NO_WARNINGS: '1', ...options.environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const died = once(child, 'exit').then(([code]): never => {
    throw new Error(`${options.name} ended with ${code}`);
  });
  // It ends in good order after its last answer.
  died.catch(() => {});
  return {
    ask: async (message) => {
      child.send(message as object);
      const [answer] = await Promise.race([once(child, 'message'), died]);
      return answer;
    },
    end: () => child.kill(),
  };
}

/** Runs a module of TypeScript in a child. */
export const TYPESCRIPT = ['--import', 'tsx'] as const;

/** In a child: answers every message. A failure ends the process and shows on standard error. */
export function answerMessages(answer: (message: never) => unknown): void {
  // Nobody asks any more: a server would go on for ever.
  process.on('disconnect', () => process.exit());
  process.on('message', (message) => {
    void (async () => process.send?.(await answer(message as never)))();
  });
}
