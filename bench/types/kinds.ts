/** A kind of step, as the source of a workflow. */
export interface Kind {
  /** The source of a step of this kind; `before` is the text that an earlier step gave. */
  readonly step: (name: string, before: string) => string;
  /** How the text that it gives is read; a kind without one gives none. */
  readonly text?: (name: string) => string;
  /** What stands before the workflow for such a step. */
  readonly declares?: (name: string) => string;
}

const at = (name: string) => `s.${name}.at`;
const own = (name: string) => `s.${name}.${name}At`;

/** One of each kind. Each reads what one before it gave, and what a body gives is an object of its own type. */
export const KINDS: Readonly<Record<string, Kind>> = {
  run: { step: (name, before) => `.run('${name}', (s) => count({ table: ${before} }))`, text: at },
  'run of a task of its own': {
    declares: (name) => `
const ${name}Task = task('Own', {
  input: z.object({ from: z.string() }),
  output: z.object({
    ${name}At: z.string(),
    list: z.array(z.object({ id: z.string(), size: z.number().optional() })),
    pair: z.tuple([z.string(), z.object({ n: z.number() })]),
    record: z.record(z.string(), z.object({ n: z.number() })),
    alternative: z.discriminatedUnion('is', [
      z.object({ is: z.literal('a'), deep: z.object({ n: z.number().nullable() }) }),
      z.object({ is: z.literal('b'), any: z.json() }),
    ]),
  }),
  errors: [],
  timeout: '1 minute',
});`,
    step: (name, before) => `.run('${name}', (s) => ${name}Task({ from: ${before} }))`,
    text: own,
  },
  'run of an SDK action': {
    step: (name, before) => `.run('${name}', (s) => dynamodb.describeTable({ TableName: ${before} }))`,
    text: (name) => `s.${name}.Table.TableName`,
  },
  'run of a child workflow, by a function': {
    declares: (name) =>
      `const ${name}Call = (from: Expression<string>): Call<{ at: string }> => child({ name: from });`,
    step: (name, before) => `.run('${name}', (s) => ${name}Call(${before}))`,
    text: at,
  },
  'run of an integration': {
    step: (name) =>
      `.run('${name}', () => integration('glue:startJobRun.sync', { arguments: {}, result: z.object({ ${name}At: z.string() }), timeout: '1 hour', permissions: [] }))`,
    text: own,
  },
  'run with undo': {
    step: (name, before) =>
      `.run('${name}', (s) => count({ table: ${before} }), { undo: (s) => count({ table: ${before} }) })`,
    text: at,
  },
  'run with recover': {
    step: (name, before) =>
      `.run('${name}', (s) => count({ table: ${before} }), { recover: { errors: ['Busy'], value: (_s, e) => ({ at: e.Cause, ${name}Why: 'busy' }) } })`,
    text: at,
  },
  start: { step: (name, before) => `.start('${name}', (s) => count({ table: ${before}, mode: 'slow' }))` },
  pollUntil: {
    step: (name, before) =>
      `.pollUntil('${name}', (s) => count({ table: ${before} }), { until: (s) => equals(s.${name}.items, 0), every: '1 minute', giveUpAfter: '1 hour' })`,
    text: at,
  },
  repeatUntil: {
    step: (name, before) =>
      `.repeatUntil('${name}', (s) => count({ table: ${before} }), { until: (s) => equals(s.${name}.items, 0), atMost: 9 })`,
    text: at,
  },
  callback: {
    step: (name, before) =>
      `.callback('${name}', (s, token) => count({ table: concat(${before}, token) }), { answer: z.object({ ${name}At: z.string() }), giveUpAfter: '1 hour' })`,
    text: own,
  },
  approval: {
    step: (name) => `.approval('${name}', (_s, token) => count({ table: token }), { giveUpAfter: '1 hour' })`,
    text: (name) => `orElse(s.${name}.comment, '')`,
  },
  waitFor: { step: (name) => `.waitFor('${name}', (s) => s.input.pause)` },
  waitUntil: { step: (name, before) => `.waitUntil('${name}', (s) => ${before})` },
  choose: {
    step: (name, before) =>
      `.choose('${name}', (w) => w.when('yes', (s) => equals(${before}, 'x'), (b) => b.returns((s) => ({ ${name}At: ${before} }))).otherwise((b) => b.returns(() => ({ ${name}At: 'no' }))))`,
    text: own,
  },
  match: {
    step: (name, before) =>
      `.match('${name}', (s) => s.input.mode, { fast: (w) => w.returns((s) => ({ ${name}At: ${before} })), slow: (w) => w.returns(() => ({ ${name}At: 'some time' })) })`,
    text: own,
  },
  parallel: {
    step: (name, before) =>
      `.parallel('${name}', { left: (b) => b.run('${name}Left', (s) => count({ table: ${before} })).returns((s) => s.${name}Left), right: (b) => b.returns((s) => ({ ${name}At: ${before} })) })`,
    text: (name) => `s.${name}.right.${name}At`,
  },
  forEach: {
    step: (name, before) =>
      `.forEach('${name}', { of: (s) => s.input.tables, as: '${name}One', atOnce: 2, do: (b) => b.run('${name}Each', (s) => count({ table: concat(s.${name}One.name, ${before}) })).returns((s) => ({ ${name}At: s.${name}Each.at })) })`,
    text: (name) => `orElse(at(s.${name}, 0).${name}At, '')`,
  },
  forEachDistributed: {
    step: (name, before) =>
      `.forEachDistributed('${name}', { of: (s) => s.input.tables, as: '${name}Some', atOnce: 9, batch: { items: 5 }, tolerate: { percentage: 5 }, do: (b) => b.run('${name}Each', (s) => count({ table: concat(howMany(s.${name}Some), ${before}) })).returns((s) => ({ ${name}At: s.${name}Each.at })) })`,
    text: (name) => `orElse(at(s.${name}, 0).${name}At, '')`,
  },
  try: {
    step: (name, before) =>
      `.try('${name}', { do: (b) => b.run('${name}Tried', (s) => count({ table: ${before} })).returns((s) => ({ ${name}At: s.${name}Tried.at })), catch: { Busy: (b, e) => b.returns(() => ({ ${name}At: e.Cause })) } })`,
    text: own,
  },
};
