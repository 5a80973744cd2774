import type { MadeCall } from './task-plan.ts';

/** The calls that a workflow makes: one after the other, side by side, or perhaps not any more. */
export type CallTree =
  | { readonly kind: 'call'; readonly call: MadeCall }
  | { readonly kind: 'sequence'; readonly parts: CallTree[] }
  | { readonly kind: 'beside'; readonly parts: readonly CallTree[] }
  /** What was stopped by a failure beside it: any beginning of it may have run. */
  | { readonly kind: 'stopped'; readonly part: CallTree };

/** What is wrong with the calls that were made, or undefined when the tree allows them. */
export function callsDiffer(tree: CallTree, made: readonly MadeCall[]): string | undefined {
  const places = new Map<string, number[]>();
  for (const [index, call] of made.entries())
    places.set(textOf(call), [...(places.get(textOf(call)) ?? []), index]);
  const stopped = callsOf(tree, true);
  const wanted = callsOf(tree, false);
  const missing = [...wanted].find(([call, times]) => (places.get(call)?.length ?? 0) < times);
  if (missing) return `too few calls ${missing[0]}`;
  const over = [...places].find(
    ([call, { length }]) => length > (wanted.get(call) ?? 0) + (stopped.get(call) ?? 0),
  );
  if (over) return `too many calls ${over[0]}`;
  const problems: string[] = [];
  // Which of two equal calls is the one that was stopped cannot be told.
  for (const call of stopped.keys()) places.delete(call);
  place(tree, places, problems);
  return problems[0];
}

const textOf = ({ task, payload }: MadeCall): string => `${task}(${JSON.stringify(payload)})`;

/** How often each call is in the tree: those that may have been stopped, or the others. */
function callsOf(tree: CallTree, stopped: boolean, within = false): Map<string, number> {
  const calls = new Map<string, number>();
  const visit = (part: CallTree, inside: boolean): void => {
    if (part.kind === 'stopped') return visit(part.part, true);
    if (part.kind !== 'call') return part.parts.forEach((one) => visit(one, inside));
    const text = textOf(part.call);
    if (inside === stopped) calls.set(text, (calls.get(text) ?? 0) + 1);
  };
  visit(tree, within);
  return calls;
}

type Span = readonly [first: number, last: number] | undefined;

function place(tree: CallTree, places: Map<string, number[]>, problems: string[]): Span {
  switch (tree.kind) {
    case 'call': {
      const at = places.get(textOf(tree.call))?.shift();
      return at === undefined ? undefined : [at, at];
    }
    case 'stopped':
      return undefined;
    case 'beside':
      return joined(tree.parts.map((part) => place(part, places, problems)));
    case 'sequence': {
      const spans = tree.parts.map((part) => place(part, places, problems));
      let before = -1;
      for (const span of spans) {
        if (span === undefined) continue;
        if (span[0] < before) problems.push(`call ${span[0]} was made before call ${before}`);
        before = span[1];
      }
      return joined(spans);
    }
  }
}

function joined(spans: readonly Span[]): Span {
  const there = spans.filter((span) => span !== undefined);
  if (there.length === 0) return undefined;
  return [Math.min(...there.map(([first]) => first)), Math.max(...there.map(([, last]) => last))];
}
