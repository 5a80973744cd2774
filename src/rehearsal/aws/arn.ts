const ACCOUNT = '000000000000';
const REGION = 'us-east-1';

/** The dummy account and region that every ARN of the embedded AWS carries. */
export const place = { account: ACCOUNT, region: REGION } as const;

/** The table that a name or table ARN means. */
export function tableNameOf(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? (nameOrArn.split('/')[1] ?? nameOrArn) : nameOrArn;
}

export function tableArn(nameOrArn: string): string {
  return `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${tableNameOf(nameOrArn)}`;
}

export function roleArn(name: string): string {
  return `arn:aws:iam::${ACCOUNT}:role/${name}`;
}

export function functionArn(name: string): string {
  return `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;
}

/** The function that a name, partial ARN (`123456789012:function:name`) or ARN means, its qualifier dropped. */
export function functionNameOf(nameOrArn: string): string {
  const afterKind = nameOrArn.split('function:').at(-1) as string;
  return afterKind.split(':')[0] as string;
}

export function keyArn(keyIdOrArn: string): string {
  if (keyIdOrArn.startsWith('arn:')) return keyIdOrArn;
  const resource = keyIdOrArn.startsWith('alias/') ? keyIdOrArn : `key/${keyIdOrArn}`;
  return `arn:aws:kms:${REGION}:${ACCOUNT}:${resource}`;
}
