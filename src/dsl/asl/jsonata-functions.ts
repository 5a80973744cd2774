/**
 * The functions that an expression may call: JSONata 2.0.6's own without `$eval`, and those that Step Functions
 * adds (developer guide, "Transforming data with JSONata", "JSONata functions provided by Step Functions").
 * `$clone` is JSONata's own tool for its `| … |` operator and in no documentation; it is left out.
 */
export const jsonataFunctions: ReadonlySet<string> = new Set(
  [
    'string length substring substringBefore substringAfter uppercase lowercase trim pad contains split join',
    'match replace base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl',
    'number abs floor ceil round power sqrt random formatNumber formatBase formatInteger parseInteger',
    'sum max min average boolean not exists count append sort reverse shuffle distinct zip',
    'keys lookup spread merge sift each error assert type map filter single reduce',
    'now millis fromMillis toMillis',
    'partition range hash uuid parse',
  ].flatMap((line) => line.split(' ')),
);
