/** A value of a template as text: joins made, `aws` for the partition, `<Id>` for what is made at deploy. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, 'Fn::GetAtt': attribute, Ref: reference } = value as Intrinsic;
  if (join !== undefined) return join[1].map(text).join(join[0]);
  if (attribute !== undefined) return `<${attribute.join('.')}>`;
  if (reference === 'AWS::Partition') return 'aws';
  if (reference === 'AWS::URLSuffix') return 'amazonaws.com';
  return `<${reference}>`;
}

interface Intrinsic {
  readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
  readonly 'Fn::GetAtt'?: readonly [string, string];
  readonly Ref?: string;
}
