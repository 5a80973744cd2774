/** Where a generated workflow finds its beginning and its tasks. */
const SUBJECT = new URL('./subject.ts', import.meta.url).pathname;

/** One step of each kind in turn; each reads what the one before it gave, so that types must flow all the way. */
const KINDS: readonly ((n: number, before: string) => string)[] = [
  (n, before) => `.run('step${n}', (s) => count({ table: ${before}, mode: 'slow' }))`,
  (n, before) =>
    `.run('step${n}', (s) => count({ table: ${before} }), { recover: { errors: ['Busy'], value: (_s, e) => ({ at: e.Cause }) } })`,
  (n, before) =>
    `.pollUntil('step${n}', (s) => count({ table: ${before} }), { until: (s) => equals(s.step${n}.items, 0), every: '1 minute', giveUpAfter: '1 hour' })`,
  (n, before) =>
    `.parallel('step${n}', { left: (b) => b.run('l${n}', (s) => count({ table: ${before} })).returns((s) => s.l${n}.at), right: (b) => b.returns((s) => ${before}) })`,
  (n, before) =>
    `.forEach('step${n}', { of: (s) => s.input.tables, as: 'e${n}', atOnce: 2, do: (b) => b.run('i${n}', (s) => count({ table: concat(s.e${n}.name, ${before}) })).returns((s) => s.i${n}.at) })`,
  (n, before) =>
    `.choose('step${n}', (w) => w.when('yes', (s) => equals(${before}, 'x'), (b) => b.returns((s) => ${before})).otherwise((b) => b.returns(() => 'no')))`,
  (n, before) =>
    `.try('step${n}', { do: (b) => b.run('t${n}', (s) => count({ table: ${before} })).returns((s) => s.t${n}.at), catch: { Busy: (b, e) => b.returns(() => e.Cause) } })`,
  (n, before) =>
    `.repeatUntil('step${n}', (s) => count({ table: ${before} }), { until: (s) => equals(s.step${n}.items, 0), atMost: 9 })`,
];

/** How the text of step `n` is read by a later one: the text that its kind gives. */
function readText(n: number): string {
  if (n === 0) return 's.input.name';
  const texts = [
    `s.step${n}.at`,
    `s.step${n}.at`,
    `s.step${n}.at`,
    `s.step${n}.left`,
    `orElse(at(s.step${n}, 0), '')`,
    `s.step${n}`,
    `s.step${n}`,
    `s.step${n}.at`,
  ];
  return texts[(n - 1) % texts.length] ?? '';
}

/** The source of a workflow with so many steps, of every kind in turn. */
export function longWorkflow(steps: number): string {
  const lines = Array.from({ length: steps }, (_, at) => {
    const kind = KINDS[at % KINDS.length] as (typeof KINDS)[number];
    return `  ${kind(at + 1, readText(at))}`;
  });
  return [
    `import { at, begin, concat, count, equals, orElse } from ${JSON.stringify(SUBJECT)};`,
    'export const subject = begin()',
    ...lines,
    `  .returns((s) => ({ total: 1, why: ${readText(steps)} }));`,
    '',
  ].join('\n');
}
