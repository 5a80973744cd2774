/**
 * What the compiler does not do yet as the language says. Each constant keeps the generator away from it; make it
 * false when the compiler does.
 */
export const AVOIDS = {
  /** A distributed body that reads a variable which some way did not set: its `ItemSelector` fails the map. */
  captureOfUnset: true,
  /** A choice or try of which no part goes on: the states behind it are refused as unreachable. */
  nothingGoesOn: true,
  /** An undo, or words at the end, that no failure leads to: refused as unreachable. */
  unreachable: true,
  /** A name used again after the step that had it: where nothing is set, the old value is still there. */
  staleValue: true,
  /** `succeed` inside a try with a `finally`, which then does not run. */
  succeedPastFinally: true,
  /**
   * A way, branch or iteration that returns a value which is missing: its failure passes every try and undo by,
   * since a Pass and a Succeed state have no Catcher. The reference lets it fail like any other step.
   */
  missingResult: true,
} as const;
