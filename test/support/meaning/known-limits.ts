/**
 * What the compiler refuses, or does not do as the language says. Each constant keeps the generator away from it; make
 * it false when that changes.
 */
export const AVOIDS = {
  /** A distributed body that reads a variable which some way did not set: its `ItemSelector` fails the map. */
  captureOfUnset: true,
  /** A choice or try of which no part goes on: steps behind it are refused. */
  nothingGoesOn: true,
  /** An undo, or words at the end, that no failure leads to: refused as unreachable. */
  unreachable: true,
  /** A name used again after the step that had it is refused. */
  staleValue: true,
  /** `succeed` inside a try with a `finally` is refused. */
  succeedPastFinally: true,
  /**
   * A way, branch or iteration that returns a value which is missing: its failure passes every try and undo by,
   * since a Pass and a Succeed state have no Catcher. The reference lets it fail like any other step.
   */
  missingResult: true,
} as const;
