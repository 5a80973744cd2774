import { numberValue } from '../item/any-item.ts';

/** A value of DynamoDB's JSON as one text: equal for equal values; written apart from the code under test. */
export function canonicalText(value: object): string {
  const [[type, content] = []] = Object.entries(value) as [string, unknown][];
  const each = (write: (element: never) => string) => (content as never[]).map(write);
  if (type === 'M')
    return `M{${Object.entries(content as Record<string, object>)
      .map(([name, held]) => `${JSON.stringify(name)}:${canonicalText(held)}`)
      .toSorted()
      .join()}}`;
  if (type === 'L') return `L[${each(canonicalText).join()}]`;
  if (type === 'N') return `N${numberValue(content as string)}`;
  if (type === 'NS') return `NS${each(numberValue).toSorted().join()}`;
  if (type === 'SS' || type === 'BS') return `${type}${each(JSON.stringify).toSorted().join()}`;
  return `${type}${JSON.stringify(content)}`;
}
