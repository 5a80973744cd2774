import jsonata from 'jsonata';

/** What an expression refers to outside itself, and how it uses it. */
export interface ExpressionReading {
  /** Variables it reads that it does not bind itself, without `$`. */
  readonly variables: ReadonlySet<string>;
  /** Those of them that it asks `$exists` about. */
  readonly asked: ReadonlySet<string>;
  /** Functions it calls that it does not bind itself, without `$`. */
  readonly functions: ReadonlySet<string>;
  /** Members of `$states` it reads; `''` for the whole. */
  readonly states: ReadonlySet<string>;
  /** Parts of `$states.context` it reads, `Execution.Id`, but for those it asks `$exists` about. */
  readonly contextParts: readonly string[];
  /** Names, `$` and `$$` that it reads where there is no context item. */
  readonly context: ReadonlySet<string>;
  /** Operators newer than JSONata 2.0.6. */
  readonly newer: ReadonlySet<string>;
  /** Its syntax tree. */
  readonly tree: ExpressionNode;
}

/** A node of JSONata's syntax tree. */
export interface ExpressionNode {
  readonly type?: string;
  readonly value?: unknown;
  readonly [field: string]: unknown;
}

type Node = ExpressionNode;

interface Found {
  readonly variables: Set<string>;
  readonly asked: Set<string>;
  readonly functions: Set<string>;
  readonly states: Set<string>;
  readonly contextParts: Set<string>;
  readonly askedParts: Set<string>;
  readonly context: Set<string>;
  readonly newer: Set<string>;
}

interface Visit {
  readonly found: Found;
  readonly source: string;
  /** Names bound so far in this block; a block adds to its own copy. */
  readonly bound: Set<string>;
  /** Whether `$` and plain names have something to read from. */
  readonly hasContext: boolean;
}

/**
 * Reads what a JSONata expression refers to, from its syntax tree.
 * @throws Error in JSONata's words when it does not parse.
 */
export function readExpression(source: string): ExpressionReading {
  const found: Found = {
    variables: new Set(),
    asked: new Set(),
    functions: new Set(),
    states: new Set(),
    contextParts: new Set(),
    askedParts: new Set(),
    context: new Set(),
    newer: new Set(),
  };
  const tree = parse(source);
  visit(tree, { found, source, bound: new Set(), hasContext: false });
  const { askedParts, ...rest } = found;
  const contextParts = [...found.contextParts].filter(
    (part) => ![...askedParts].some((asked) => `${part}.`.startsWith(`${asked}.`)),
  );
  return { ...rest, contextParts, tree };
}

function parse(source: string): Node {
  try {
    return jsonata(source).ast() as unknown as Node;
  } catch (fault) {
    // JSONata throws plain objects.
    throw new Error((fault as { message?: string }).message ?? String(fault), { cause: fault });
  }
}

function visit(node: unknown, at: Visit): void {
  if (typeof node !== 'object' || node === null || node instanceof RegExp) return;
  if (Array.isArray(node)) {
    for (const item of node) visit(item, at);
    return;
  }
  const { type, ...fields } = node as Node;
  switch (type ?? '') {
    case 'variable':
      read(String(fields.value), at);
      break;
    case 'name':
      if (!at.hasContext) at.found.context.add(String(fields.value));
      break;
    case 'path':
      visitPath(fields, at);
      return;
    case 'function':
    case 'partial':
      call(fields, at);
      visitRest(fields, ['procedure'], at);
      return;
    case 'lambda': {
      const parameters = (fields.arguments as Node[]).map(({ value }) => String(value));
      visit(fields.body, { ...at, bound: new Set([...at.bound, ...parameters]) });
      return;
    }
    case 'bind':
      at.bound.add(String((fields.lhs as Node).value));
      visit(fields.rhs, at);
      return;
    case 'block': {
      const inner = { ...at, bound: new Set(at.bound) };
      visit(fields.expressions, inner);
      visitRest(fields, ['expressions'], inner);
      return;
    }
    case 'transform':
      visitRest(fields, [], { ...at, hasContext: true });
      return;
    case 'condition':
      newerOperator(fields, at);
      break;
    default:
      break;
  }
  visitRest(fields, [], at);
}

/**
 * `$states.input.x`: its first steps tell which member of `$states` is read. Later steps, filters, sort terms and
 * groups have the step before them as context.
 */
function visitPath(path: Omit<Node, 'type'>, at: Visit): void {
  const steps = path.steps as Node[];
  const [first, second] = steps;
  const whole = first?.type === 'variable' && first.value === 'states';
  if (whole && !at.bound.has('states'))
    at.found.states.add(second?.type === 'name' ? String(second.value) : '');
  if (whole && !at.bound.has('states') && second?.value === 'context')
    at.found.contextParts.add(contextPart(steps));
  const inner = { ...at, bound: new Set(at.bound), hasContext: true };
  for (const step of steps) {
    for (const focus of [step.focus, step.index]) if (typeof focus === 'string') inner.bound.add(focus);
    if (step !== first) visit(step, inner);
    else {
      const { stages, predicate, ...own } = step;
      if (!whole) visit(own, { ...inner, hasContext: at.hasContext });
      visit([stages, predicate], inner);
    }
  }
  visitRest(path, ['steps'], inner);
}

/** The names behind `$states.context`, up to the first step that is none. */
function contextPart(steps: readonly Node[]): string {
  const names = steps
    .slice(2)
    .map(({ type, value, stages, predicate }) =>
      type === 'name' && stages === undefined && predicate === undefined ? String(value) : '',
    );
  const end = names.indexOf('');
  return names.slice(0, end < 0 ? names.length : end).join('.');
}

/** Fields of a node, and those that a filter or a group puts on any node. */
function visitRest(fields: object, known: readonly string[], at: Visit): void {
  for (const [field, value] of Object.entries(fields)) {
    if (known.includes(field)) continue;
    const within = field === 'predicate' || field === 'stages' || field === 'group';
    visit(value, within ? { ...at, hasContext: true } : at);
  }
}

function call({ procedure, arguments: given }: Omit<Node, 'type'>, at: Visit): void {
  const { type, value } = procedure as Node;
  if (type !== 'variable') visit(procedure, at);
  else if (!at.bound.has(String(value))) at.found.functions.add(String(value));
  if (value !== 'exists') return;
  for (const argument of given as Node[]) {
    const steps = argument.type === 'path' ? (argument.steps as Node[]) : [argument];
    const [asked, member] = steps;
    if (asked?.type === 'variable') at.found.asked.add(String(asked.value));
    if (asked?.value === 'states' && member?.value === 'context') at.found.askedParts.add(contextPart(steps));
  }
}

function read(name: string, { found, bound, hasContext }: Visit): void {
  if (bound.has(name)) return;
  if (name === '') {
    if (!hasContext) found.context.add('$');
  } else if (name === '$') found.context.add('$$');
  else if (name === 'states') found.states.add('');
  else found.variables.add(name);
}

/** The parser turns `?:` and `??` into conditions; their position still tells how they were written. */
function newerOperator({ position }: Omit<Node, 'type'>, { found, source }: Visit): void {
  if (typeof position !== 'number') return;
  const operator = source.slice(position - 2, position);
  if (operator === '?:' || operator === '??') found.newer.add(operator);
}
