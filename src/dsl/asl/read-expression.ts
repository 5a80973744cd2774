import jsonata from 'jsonata';

/** What an expression refers to outside itself. */
export interface ExpressionReading {
  /** Variables it reads that it does not bind itself, without `$`. */
  readonly variables: ReadonlySet<string>;
  /** Functions it calls that it does not bind itself, without `$`. */
  readonly functions: ReadonlySet<string>;
  /** Members of `$states` it reads; `''` for the whole. */
  readonly states: ReadonlySet<string>;
}

interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly [field: string]: unknown;
}

/**
 * Reads what a JSONata expression refers to, from its syntax tree.
 * @throws Error in JSONata's words when it does not parse.
 */
export function readExpression(source: string): ExpressionReading {
  const reading = { variables: new Set<string>(), functions: new Set<string>(), states: new Set<string>() };
  visit(parse(source), { reading, bound: new Set() });
  return reading;
}

function parse(source: string): unknown {
  try {
    return jsonata(source).ast();
  } catch (fault) {
    // JSONata throws plain objects.
    throw new Error((fault as { message?: string }).message ?? String(fault), { cause: fault });
  }
}

interface Visit {
  readonly reading: {
    readonly variables: Set<string>;
    readonly functions: Set<string>;
    readonly states: Set<string>;
  };
  /** Names bound so far in this block; a block adds to its own copy. */
  readonly bound: Set<string>;
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
    case 'path':
      visitPath(fields, at);
      return;
    case 'function':
    case 'partial':
      call(fields.procedure, at);
      visit(fields.arguments, at);
      visitRest(fields, ['procedure', 'arguments'], at);
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
    default:
      break;
  }
  visitRest(fields, [], at);
}

/** `$states.input.x`: its first steps tell which member of `$states` is read. */
function visitPath(path: Omit<Node, 'type'>, at: Visit): void {
  const steps = path.steps as Node[];
  const [first, second] = steps;
  const whole = first?.type === 'variable' && first.value === 'states';
  if (whole && !at.bound.has('states'))
    at.reading.states.add(second?.type === 'name' ? String(second.value) : '');
  const inner = { ...at, bound: new Set(at.bound) };
  for (const step of steps) {
    for (const focus of [step.focus, step.index]) if (typeof focus === 'string') inner.bound.add(focus);
    if (step === first && whole) visitRest(step, ['value', 'type'], inner);
    else visit(step, inner);
  }
  visitRest(path, ['steps'], inner);
}

function visitRest(fields: object, known: readonly string[], at: Visit): void {
  for (const [field, value] of Object.entries(fields)) if (!known.includes(field)) visit(value, at);
}

function call(procedure: unknown, at: Visit): void {
  const { type, value } = procedure as Node;
  if (type !== 'variable') visit(procedure, at);
  else if (!at.bound.has(String(value))) at.reading.functions.add(String(value));
}

function read(name: string, { reading, bound }: Visit): void {
  // `$` is the context of a step, a filter or a function; `$$` is told apart by the parser as '$'.
  if (name === '' || bound.has(name)) return;
  if (name === 'states') reading.states.add('');
  else reading.variables.add(name);
}
