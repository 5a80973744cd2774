/** Something that must not be seen, and every form in which it could be. */
export interface Canary {
  readonly name: string;
  readonly forms: readonly string[];
}

/** With what JSON, addresses and base64 write otherwise: quotes, a slash, letters beyond ASCII. */
export const CANARY_TEXT = 'TOP-SECRET "Zoë" 7/7';
/** The first digits of numbers; each has more. */
export const CANARY_DIGITS = '770077007700';
/** No UTF-8. */
export const CANARY_BYTES = Buffer.from('c0ffee00ba5eba11f00dfeed', 'hex');

/** The bytes in base64, wherever they begin within the text that is encoded. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const whole = Math.floor(((before + bytes.length) * 8) / 6);
    return encoded.slice(Math.ceil((before * 8) / 6), whole);
  });
}

function encodedForms(bytes: Buffer): string[] {
  const hex = bytes.toString('hex');
  const base64 = base64Forms(bytes);
  const percent = hex.replace(/../g, '%$&');
  return [
    hex,
    hex.toUpperCase(),
    percent,
    percent.toUpperCase(),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    // A list of numbers, as JSON has a Buffer, and with indexes (which `seen` takes out) a Uint8Array.
    [...bytes].join(','),
  ];
}

function textForms(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replace(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [
    text,
    json,
    ascii,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(text),
    encodeURI(text),
    encodeURIComponent(text).replaceAll('%20', '+'),
    // As a page has it.
    text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`),
    // What is left when quotes and spaces are taken for bounds.
    'TOP-SECRET',
    ...encodedForms(Buffer.from(text)),
  ];
}

export const CANARIES: readonly Canary[] = [
  { name: 'text', forms: textForms(CANARY_TEXT) },
  {
    name: 'digits',
    forms: [CANARY_DIGITS, CANARY_DIGITS.replace('7', '7.'), ...encodedForms(Buffer.from(CANARY_DIGITS))],
  },
  { name: 'bytes', forms: [CANARY_BYTES.toString('latin1'), ...encodedForms(CANARY_BYTES)] },
];

/** Every text in a value: names of properties, numbers, bytes, and what errors hide from JSON. */
function* textsIn(value: unknown, met: Set<object> = new Set()): Generator<string> {
  if (typeof value !== 'object' || value === null) {
    yield String(value);
    return;
  }
  if (met.has(value)) return;
  met.add(value);
  if (value instanceof Uint8Array) yield Buffer.from(value).toString('latin1');
  else if (value instanceof Date) yield value.toISOString();
  else if (value instanceof Map || value instanceof Set) yield* textsIn([...value], met);
  else
    for (const name of Reflect.ownKeys(value)) {
      yield String(name);
      yield* textsIn((value as Record<PropertyKey, unknown>)[name], met);
    }
}

/** The canaries that are somewhere in a value, by name. */
export function canariesIn(value: unknown): string[] {
  // A line between texts, so that two of them never make a form that neither has.
  const plain = [...textsIn(value)].join('\n');
  const seen = `${plain}\n${plain.replace(/"\d+":/g, '')}`;
  return CANARIES.filter(({ forms }) => forms.some((form) => seen.includes(form))).map(({ name }) => name);
}
