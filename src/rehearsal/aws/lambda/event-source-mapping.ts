import { AwsError } from '../aws-error.ts';
import type { Fields } from '../json-rpc.ts';

export type MappingState = 'Enabled' | 'Disabled' | 'Enabling' | 'Disabling';

interface MappingIdentity {
  readonly uuid: string;
  readonly functionArn: string;
  readonly eventSourceArn: string;
  readonly enabled: boolean;
}

/** An event-source mapping; switching it takes virtual time. */
export class EventSourceMapping {
  readonly uuid: string;
  readonly functionArn: string;
  readonly eventSourceArn: string;
  #enabled: boolean;
  #changedAt: number;
  #settlesAt: number;

  constructor(identity: MappingIdentity, now: number) {
    this.uuid = identity.uuid;
    this.functionArn = identity.functionArn;
    this.eventSourceArn = identity.eventSourceArn;
    this.#enabled = identity.enabled;
    this.#changedAt = now;
    this.#settlesAt = now;
  }

  stateAt(now: number): MappingState {
    if (now < this.#settlesAt) return this.#enabled ? 'Enabling' : 'Disabling';
    return this.#enabled ? 'Enabled' : 'Disabled';
  }

  /**
   * Begins to switch the mapping; nothing happens when it is as wanted.
   * @param settlesAt when it has switched, in milliseconds.
   * @throws AwsError ResourceInUseException while an earlier change is under way.
   */
  switch(enabled: boolean, { now, settlesAt }: { now: number; settlesAt: number }): void {
    if (now < this.#settlesAt)
      throw new AwsError(
        'ResourceInUseException',
        'Cannot update the event source mapping because it is in use.',
        { fields: { Type: 'User' } },
      );
    if (enabled === this.#enabled) return;
    this.#enabled = enabled;
    this.#changedAt = now;
    this.#settlesAt = settlesAt;
  }

  /** The mapping as Lambda's API shows it. */
  describe(now: number): Fields {
    return {
      UUID: this.uuid,
      EventSourceArn: this.eventSourceArn,
      FunctionArn: this.functionArn,
      BatchSize: 10,
      LastModified: this.#changedAt / 1000,
      State: this.stateAt(now),
      StateTransitionReason: 'USER_INITIATED',
    };
  }
}
