/** The literal name of an error as AWS or a task gave it; `Error` for anything without one. */
export function errorName(error: unknown): string {
  return error instanceof Error && error.name !== '' ? error.name : 'Error';
}

/** Whether an error bears one of these names: names are AWS's contract, classes are not. */
export function isNamed(error: unknown, ...names: readonly string[]): boolean {
  return names.includes(errorName(error));
}

/** An error of Lambda's control plane in words; its messages speak of settings, never of data. */
export function lambdaErrorText(error: unknown): string {
  return error instanceof Error && error.message !== ''
    ? `${error.name}: ${error.message}`
    : errorName(error);
}
