/** Stand for the characters of `${*}`, `${?}` and of values, which are no wildcards. */
const [STAR, QUESTION] = ['\uE000', '\uE001'];

/** A text that stands for itself within a pattern. */
export const literally = (text: string): string => text.replaceAll('*', STAR).replaceAll('?', QUESTION);

const known = new Map<string, RegExp>();

/** Whether a text fits a pattern of IAM: `*` is any run of characters, `?` any one. */
export function matches(pattern: string, text: string, { ignoreCase = false } = {}): boolean {
  const key = `${ignoreCase ? 'i' : 's'}${pattern}`;
  let expression = known.get(key);
  if (expression === undefined) {
    const source = pattern
      .replaceAll(/[.+^${}()|[\]\\/-]/g, String.raw`\$&`)
      .replaceAll('*', '.*')
      .replaceAll('?', '.')
      .replaceAll(STAR, String.raw`\*`)
      .replaceAll(QUESTION, String.raw`\?`);
    expression = new RegExp(`^${source}$`, ignoreCase ? 'is' : 's');
    known.set(key, expression);
  }
  return expression.test(text);
}

/**
 * Whether an ARN fits a pattern of a statement's Resource: parts that are left out are any, and a `*` runs on beyond the
 * colons. Source: IAM guide, "IAM JSON policy elements: Resource".
 */
export function matchesResource(pattern: string, arn: string): boolean {
  const leftOut = 6 - pattern.split(':').length;
  return matches(pattern === '*' || leftOut <= 0 ? pattern : `${pattern}${':*'.repeat(leftOut)}`, arn);
}

/**
 * Whether an ARN fits a condition's pattern of ARNs. Each of the six parts is compared by itself, so that a wildcard ends at its
 * part's colon, but for the last part, which may hold colons; parts that are left out are any. Source: IAM guide,
 * "Grammar of the IAM JSON policy language" and "Condition operators", ArnLike.
 */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const [wanted, given] = [partsOf(pattern), partsOf(arn)];
  if (given.length < 6) return matches(pattern, arn);
  return given.every((part, index) => matches(wanted[index] ?? '*', part));
}

function partsOf(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
