import type { Environment } from '../handler.ts';
import { answerBy } from './answer-by.ts';
import { Pace } from './pace.ts';
import { seededJitter } from './seeded-jitter.ts';
import { withBackoff } from './with-backoff.ts';

/** How a service wants its control plane to be called. */
export interface CallRules {
  /** Calls per second of one invocation. */
  readonly perSecond: number;
  /** Names of the errors that may pass: the call is repeated. */
  readonly passing: readonly string[];
  /** Asked immediately before every change, retries included; throws to prevent it. */
  readonly allowChange: () => Promise<void>;
}

/** Calls of a control plane within its rate: they are paced, and repeated while a refusal may pass. */
export class ControlCalls {
  readonly #environment: Environment;
  readonly #rules: CallRules;
  readonly #pace: Pace;
  readonly #random: () => number;

  /** One instance per invocation: its calls share one pace. */
  constructor(environment: Environment, rules: CallRules) {
    this.#environment = environment;
    this.#rules = rules;
    this.#pace = new Pace(rules.perSecond, environment.clock);
    this.#random = seededJitter(`control#${environment.clock.now()}`);
  }

  read<T>(call: () => Promise<T>): Promise<T> {
    const { clock } = this.#environment;
    const attempt = async () => {
      await this.#pace.turn();
      return call();
    };
    return withBackoff(attempt, {
      retry: this.#rules.passing,
      clock,
      random: this.#random,
      deadline: answerBy(this.#environment),
    });
  }

  change<T>(call: () => Promise<T>): Promise<T> {
    return this.read(async () => {
      await this.#rules.allowChange();
      return call();
    });
  }
}
