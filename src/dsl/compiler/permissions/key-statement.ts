import type { Statement } from './statement.ts';

/**
 * The use of a machine's own key: by its role for what it keeps of its executions, and by a parent's role to start
 * and describe them. Source: "Data at rest encryption in Step Functions" (Step Functions guide).
 */
export const keyStatement = (key: string, machine: string): Statement => ({
  actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
  resources: [{ kind: 'key', name: key }],
  conditions: {
    StringEquals: { 'kms:EncryptionContext:aws:states:stateMachineArn': { kind: 'machine', name: machine } },
  },
});
