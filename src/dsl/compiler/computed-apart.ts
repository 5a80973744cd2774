import type { ExpressionNode, TemplateNode } from '../ast/expression-node.ts';
import { NOTHING, literal, operation, value, variable } from '../ast/node.ts';
import type {
  Assignments,
  ChoiceDraft,
  Draft,
  EndDraft,
  FailDraft,
  MapDraft,
  PassDraft,
  WaitDraft,
} from './draft.ts';
import { type Knowledge, certaintyOf, isSafe } from './shapes/certainty.ts';

/**
 * A state that cannot have a Catcher, and before it, if it computes what may fail, one that can and computes
 * that: a Map over nothing, which is left at once (States Language: only Task, Parallel and Map have `Catch`).
 */
export function computedApart(
  draft: PassDraft | ChoiceDraft | WaitDraft | EndDraft | FailDraft,
  known: Knowledge,
): readonly Draft[] {
  const safe = (node: TemplateNode) => isSafe(node, known);
  const kept = `${draft.name.replaceAll('.', '_')}_value`;
  const then = `${draft.name}.Then`;
  switch (draft.type) {
    case 'Pass':
      return Object.values(draft.assign).every(safe) ? [draft] : [computing(draft, draft.assign, draft.next)];
    case 'Wait': {
      const { wait } = draft;
      const time = 'seconds' in wait ? wait.seconds : wait.until;
      if (time.kind === 'literal') return [draft];
      const checked = operation('seconds' in wait ? 'seconds' : 'timestamp', time);
      const own = 'seconds' in wait ? { seconds: variable(kept) } : { until: variable(kept) };
      return [computing(draft, { [kept]: value(checked) }, then), { ...draft, name: then, wait: own }];
    }
    case 'Succeed':
      if (safe(draft.output)) return [draft];
      return [
        computing(draft, { [kept]: draft.output }, then),
        { ...draft, name: then, output: value(variable(kept)) },
      ];
    case 'Choice': {
      const risky = draft.choices.map(({ when }) => certaintyOf(when, known).mayFail);
      if (!risky.includes(true)) return [draft];
      const field = (index: number) => `w${index}`;
      const fields = draft.choices.flatMap((choice, index) =>
        risky[index] ? [[field(index), value(whetherChosen(draft.choices.slice(0, index), choice))]] : [],
      );
      const choices = draft.choices.map((choice, index) =>
        risky[index] ? { ...choice, when: variable(kept, field(index)) } : choice,
      );
      return [
        computing(draft, { [kept]: { kind: 'object', fields: Object.fromEntries(fields) } }, then),
        { ...draft, name: then, choices },
      ];
    }
    case 'Fail':
      return [draft];
  }
}

/** True or false: a condition without a value counts as false, and one behind another that holds is not asked. */
const whetherChosen = (before: ChoiceDraft['choices'], { when }: ChoiceDraft['choices'][number]) =>
  before.reduceRight<ExpressionNode>(
    (rest, earlier) => operation('choose', earlier.when, literal(false), rest),
    operation('choose', when, literal(true), literal(false)),
  );

const computing = ({ name, undos }: Draft, assign: Assignments, next: string): MapDraft => ({
  type: 'Map',
  name,
  undos,
  mode: 'inline',
  items: literal([]),
  element: '',
  select: {},
  atOnce: 1,
  body: {
    startAt: `${name}.Nothing`,
    states: [{ type: 'Succeed', name: `${name}.Nothing`, undos: null, output: NOTHING }],
  },
  retry: [],
  catches: [],
  assign,
  next,
});
