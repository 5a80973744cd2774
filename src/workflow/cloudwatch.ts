import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { awsSdk } from '../dsl/authoring/sdk.ts';

/** CloudWatch's actions as calls of a workflow. */
export const cloudwatch = awsSdk<CloudWatch, 'CloudWatch'>('cloudwatch');
