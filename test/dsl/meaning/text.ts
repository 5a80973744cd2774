import type { ExpressionNode, TemplateNode } from '../../../src/dsl/ast/expression-node.ts';
import { jsonata } from '../../../src/dsl/compiler/render/jsonata.ts';
import type { FlowNode, StepNode, WorkflowNode } from '../../../src/dsl/ast/step-node.ts';
const x = (n: ExpressionNode) => jsonata(n).replaceAll('$', '');
const t = (n: TemplateNode): string => n.kind === 'value' ? x(n.value) : n.kind === 'list' ? `[${n.items.map(t).join(', ')}]` : `{${Object.entries(n.fields).map(([k, v]) => `${k}: ${t(v)}`).join(', ')}}`;
const call = (c: any) => `${c.task}(${t(c.arguments)})`;
const opts = (s: any) => [
  s.retry?.length ? `retry ${s.retry.map((r: any) => r.errors.length > 4 ? 'default' : r.errors.join('|') + '*' + r.maxAttempts).join(',')}` : '',
  s.recover?.length ? `recover ${s.recover.map((r: any) => r.errors.join('|') + ' -> ' + t(r.value)).join(',')}` : '',
  s.undo ? `undo ${call(s.undo)}` : '', s.until ? `until ${x(s.until)}` : '', s.failWhen ? `failWhen ${x(s.failWhen)}` : '', s.saying ? `saying ${x(s.saying)}` : '',
  s.cursor ? `cursor first ${t(s.cursor.first)} next ${t(s.cursor.next)}` : '', s.atMost ? `atMost ${s.atMost}` : '', s.giveUpAfterSeconds ? `giveUp ${s.giveUpAfterSeconds}` : '',
].filter(Boolean).join('; ');
function step(s: StepNode, pad: string): string {
  const inner = (label: string, f: FlowNode) => `${pad}  ${label}:\n${flow(f, pad + '    ')}`;
  switch (s.kind) {
    case 'run': case 'poll': case 'repeat': case 'callback': return `${pad}${s.kind} ${s.name}: ${call(s.call)} ${opts(s)}`;
    case 'wait': return `${pad}wait ${s.name}`;
    case 'choose': return `${pad}choose ${s.name}\n${s.cases.map((c) => inner(`when ${c.label} ${x(c.when)}`, c.flow)).join('\n')}\n${inner('otherwise', s.otherwise)}`;
    case 'parallel': return `${pad}parallel ${s.name} ${opts(s)}\n${Object.entries(s.branches).map(([l, f]) => inner(l, f)).join('\n')}`;
    case 'forEach': return `${pad}forEach ${s.mode} ${s.name} of ${x(s.of as ExpressionNode)} as ${s.as} atOnce ${s.atOnce} batch ${JSON.stringify(s.batch)} tolerated ${JSON.stringify(s.tolerated)} ${opts(s)}\n${flow(s.flow, pad + '    ')}`;
    case 'try': return `${pad}try ${s.name}\n${inner('do', s.flow)}\n${s.clauses.map((c) => inner(`catch ${c.errors.join()}`, c.flow)).join('\n')}${s.otherwise ? '\n' + inner('otherwise', s.otherwise) : ''}${s.last ? '\n' + inner('finally', s.last) : ''}`;
    case 'succeed': return `${pad}succeed ${s.name} ${t(s.output)}`;
    case 'fail': return `${pad}fail ${s.name} ${s.error} ${x(s.cause)}`;
    case 'pointOfNoReturn': return `${pad}pointOfNoReturn ${s.failures}`;
  }
}
const flow = (f: FlowNode, pad: string): string => [...f.steps.map((s) => step(s, pad)), ...(f.returns ? [`${pad}returns ${t(f.returns)}`] : [])].join('\n');
export const authoringText = (w: WorkflowNode) => flow(w.flow, '');
