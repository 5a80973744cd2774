import type { Operation } from '../operation.ts';
import * as activities from './activity-operations.ts';
import * as aliases from './alias-operations.ts';
import * as descriptions from './describe-operations.ts';
import * as history from './history-operation.ts';
import * as lists from './list-executions.ts';
import * as mapRuns from './map-run-operations.ts';
import { RedriveExecution } from './redrive-operation.ts';
import * as starts from './start-operations.ts';
import * as machines from './state-machine-operations.ts';
import { ListTagsForResource, TagResource, UntagResource } from './tags.ts';
import { TestState } from './test-state-operation.ts';
import * as taskTokens from './task-token-operations.ts';
import * as validation from './validate-operation.ts';
import {
  DeleteStateMachineVersion,
  ListStateMachineVersions,
  PublishStateMachineVersion,
} from './version-operations.ts';

/** Every action of the API, by its name. */
export const operations: { readonly [name: string]: Operation } = {
  ...machines,
  ...aliases,
  DeleteStateMachineVersion,
  ListStateMachineVersions,
  PublishStateMachineVersion,
  ...validation,
  ...starts,
  ...descriptions,
  ...history,
  ...lists,
  ...mapRuns,
  ...activities,
  ...taskTokens,
  RedriveExecution,
  TestState,
  TagResource,
  UntagResource,
  ListTagsForResource,
};
