import { AwsError } from '../aws-error.ts';

/** In tokens. Clock readings may be fractions of a millisecond, which floating point keeps to about 0.0002. */
const ROUNDING = 1e-4;

/** A bucket of tokens that refills with virtual time. */
export class TokenBucket {
  readonly #clock: { now(): number };
  readonly #perSecond: number;
  #tokens: number;
  #filledAt: number;

  /** @param perSecond tokens that come back each second; also how many the bucket holds. */
  constructor(clock: { now(): number }, perSecond: number) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#tokens = perSecond;
    this.#filledAt = clock.now();
  }

  /** @throws AwsError TooManyRequestsException when the bucket is empty. */
  take(): void {
    const now = this.#clock.now();
    const refill = ((now - this.#filledAt) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#perSecond, this.#tokens + refill);
    this.#filledAt = now;
    if (this.#tokens < 1 - ROUNDING)
      throw new AwsError('TooManyRequestsException', 'Rate exceeded', {
        status: 429,
        fields: { Type: 'User', Reason: 'CallerRateLimitExceeded' },
      });
    this.#tokens -= 1;
  }
}

/** GetFunction may be called 100 times a second (Lambda quotas). */
const GET_FUNCTION_PER_SECOND = 100;

/** Every other control-plane call draws on one allowance of 15 a second (Lambda quotas; not raisable). */
const CONTROL_PLANE_PER_SECOND = 15;

/** Lambda's limits on the rate of control-plane calls. Invoke is not one. */
export class ControlPlaneLimits {
  readonly #getFunction: TokenBucket;
  readonly #shared: TokenBucket;

  constructor(clock: { now(): number }) {
    this.#getFunction = new TokenBucket(clock, GET_FUNCTION_PER_SECOND);
    this.#shared = new TokenBucket(clock, CONTROL_PLANE_PER_SECOND);
  }

  /** @throws AwsError TooManyRequestsException when the operation comes too fast. */
  take(operation: string): void {
    (operation === 'GetFunction' ? this.#getFunction : this.#shared).take();
  }
}
