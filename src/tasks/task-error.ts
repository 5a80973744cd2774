/** A task's refusal or failure under the name that its definition lists and the state machine matches. */
export class TaskError extends Error {
  override readonly name: string;

  constructor(name: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}
