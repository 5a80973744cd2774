import { fileURLToPath } from 'node:url';

/** Where a generated workflow finds its beginning and its tasks. */
const SUBJECT = fileURLToPath(new URL('subject.ts', import.meta.url));

interface Kind {
  /** The source of a step of this kind; `before` is the text that an earlier step gave. */
  readonly step: (name: string, before: string) => string;
  /** How the text that it gives is read; a kind without one gives none. */
  readonly text?: (value: string) => string;
}

const at = (value: string) => `${value}.at`;
const itself = (value: string) => value;
const firstOf = (value: string) => `orElse(at(${value}, 0), '')`;

/** One step of each kind; each reads what one before it gave, so that types must flow all the way. */
const KINDS: readonly Kind[] = [
  {
    step: (name, before) =>
      `.run('${name}', (s) => count({ table: ${before} }), { undo: (s) => count({ table: ${before} }) })`,
    text: at,
  },
  { step: (name, before) => `.start('${name}', (s) => count({ table: ${before}, mode: 'slow' }))` },
  {
    step: (name, before) =>
      `.run('${name}', (s) => count({ table: ${before} }), { recover: { errors: ['Busy'], value: (_s, e) => ({ at: e.Cause }) } })`,
    text: at,
  },
  {
    step: (name, before) =>
      `.pollUntil('${name}', (s) => count({ table: ${before} }), { until: (s) => equals(s.${name}.items, 0), every: '1 minute', giveUpAfter: '1 hour' })`,
    text: at,
  },
  {
    step: (name, before) =>
      `.repeatUntil('${name}', (s) => count({ table: ${before} }), { until: (s) => equals(s.${name}.items, 0), atMost: 9 })`,
    text: at,
  },
  {
    step: (name, before) =>
      `.callback('${name}', (s, token) => count({ table: concat(${before}, token) }), { answer: Answer, giveUpAfter: '1 hour' })`,
    text: at,
  },
  {
    step: (name) => `.approval('${name}', (_s, token) => count({ table: token }), { giveUpAfter: '1 hour' })`,
    text: (value) => `orElse(${value}.comment, '')`,
  },
  { step: (name) => `.waitFor('${name}', (s) => s.input.pause)` },
  { step: (name, before) => `.waitUntil('${name}', (s) => ${before})` },
  {
    step: (name, before) =>
      `.choose('${name}', (w) => w.when('yes', (s) => equals(${before}, 'x'), (b) => b.returns((s) => ${before})).otherwise((b) => b.returns(() => 'no')))`,
    text: itself,
  },
  {
    step: (name, before) =>
      `.match('${name}', (s) => s.input.mode, { fast: (w) => w.returns((s) => ${before}), slow: (w) => w.returns(() => 'some time') })`,
    text: itself,
  },
  {
    step: (name, before) =>
      `.parallel('${name}', { left: (b) => b.run('${name}Left', (s) => count({ table: ${before} })).returns((s) => s.${name}Left.at), right: (b) => b.returns((s) => ${before}) })`,
    text: (value) => `${value}.left`,
  },
  {
    step: (name, before) =>
      `.forEach('${name}', { of: (s) => s.input.tables, as: '${name}One', atOnce: 2, do: (b) => b.run('${name}Each', (s) => count({ table: concat(s.${name}One.name, ${before}) })).returns((s) => s.${name}Each.at) })`,
    text: firstOf,
  },
  {
    step: (name, before) =>
      `.forEachDistributed('${name}', { of: (s) => s.input.tables, as: '${name}Some', atOnce: 9, batch: { items: 5 }, do: (b) => b.run('${name}Each', (s) => count({ table: concat(howMany(s.${name}Some), ${before}) })).returns((s) => s.${name}Each.at) })`,
    text: firstOf,
  },
  {
    step: (name, before) =>
      `.try('${name}', { do: (b) => b.run('${name}Tried', (s) => count({ table: ${before} })).returns((s) => s.${name}Tried.at), catch: { Busy: (b, e) => b.returns(() => e.Cause) } })`,
    text: itself,
  },
  { step: (name, before) => `.run('${name}', (s) => count({ table: ${before} }))`, text: at },
];

/** Steps until every kind has had its turn: only lengths that are multiples of it have the same mixture. */
export const ROUND = KINDS.length;

/** The source of a workflow with so many steps, of every kind in turn. */
export function longWorkflow(steps: number): string {
  let before = 's.input.name';
  const lines = Array.from({ length: steps }, (_, index) => {
    const kind = KINDS[index % ROUND] as Kind;
    const name = `step${index + 1}`;
    const line = `  ${kind.step(name, before)}`;
    if (kind.text) before = kind.text(`s.${name}`);
    return line;
  });
  return [
    `import { Answer, at, begin, concat, count, equals, howMany, orElse } from ${JSON.stringify(SUBJECT)};`,
    'export const subject = begin()',
    ...lines,
    `  .returns((s) => ({ total: 1, why: ${before} }));`,
    '',
  ].join('\n');
}
