import { Key } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { RecoveryProps } from './recovery-props.ts';

export interface FailureTopic {
  readonly topic: ITopic;
  /** ARNs of the keys that whoever publishes to it must be allowed to use. */
  readonly keys: readonly string[];
}

/**
 * Where failures are announced and approvals are asked for. A topic of our own is encrypted with the recovery's key,
 * but only where that key's policy is ours to extend: EventBridge and CloudWatch must be allowed to use it (SNS guide,
 * "Enable compatibility between event sources from AWS services and encrypted topics"), and what they cannot encrypt
 * they drop without a word.
 */
export function failureTopic(scope: Construct, { alarmTopic, encryptionKey }: RecoveryProps): FailureTopic {
  if (alarmTopic !== undefined) return { topic: alarmTopic, keys: [] };
  const isOurs = encryptionKey instanceof Key;
  // Whoever is granted to publish is granted the use of this key with it.
  const topic = new Topic(scope, 'Failures', {
    enforceSSL: true,
    ...(isOurs ? { masterKey: encryptionKey } : {}),
  });
  return { topic, keys: isOurs ? [encryptionKey.keyArn] : [] };
}
