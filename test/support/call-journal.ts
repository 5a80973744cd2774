interface Client {
  send(command: never, ...rest: never[]): Promise<unknown>;
}

/** One call of an AWS API. */
export interface Call {
  /** As the API names it: `PutItem`. */
  readonly operation: string;
  readonly input: Record<string, unknown>;
  /** Virtual milliseconds since the epoch. */
  readonly at: number;
}

/** Every call of every client, in the order in which they were made. */
export class CallJournal {
  readonly calls: Call[] = [];
  /** Hears of each call before it is made: it may refuse it by throwing, hold it up, or change the world. */
  before: (call: Call) => void | Promise<void> = () => {};
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The client with its calls in the journal. */
  through<C extends Client>(client: C): C {
    const send = async (command: { readonly input: object }, ...rest: never[]) => {
      const operation = command.constructor.name.replace(/Command$/, '');
      const call: Call = { operation, input: { ...command.input }, at: this.#now() };
      this.calls.push(call);
      await this.before(call);
      return client.send(command as never, ...rest);
    };
    return { send } as unknown as C;
  }

  of(...operations: readonly string[]): Call[] {
    return this.calls.filter(({ operation }) => operations.includes(operation));
  }

  /** Place of the first call that is meant. @throws Error when there is none. */
  first(meant: (call: Call) => boolean): number {
    const place = this.calls.findIndex(meant);
    if (place < 0) throw new Error('no such call was made');
    return place;
  }
}
