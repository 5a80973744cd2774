import { acquireLockHandler } from './acquire-lock/handler.ts';
import { checkFrozenHandler } from './check-frozen/handler.ts';
import { checkUndoableHandler } from './check-undoable/handler.ts';
import { compareTablesHandler } from './compare-tables/handler.ts';
import { findProofHandler } from './find-proof/handler.ts';
import { freezeHandler } from './freeze/handler.ts';
import type { Environment, Service } from './handler.ts';
import { markVerifiedHandler } from './mark-verified/handler.ts';
import { passGateHandler } from './pass-gate/handler.ts';
import { planSegmentHandler } from './plan-segment/handler.ts';
import { planSensitiveSegmentHandler } from './plan-sensitive-segment/handler.ts';
import { preflightHandler } from './preflight/handler.ts';
import { prepareDrillHandler } from './prepare-drill/handler.ts';
import { protectCopyHandler } from './protect-copy/handler.ts';
import { releaseLockHandler } from './release-lock/handler.ts';
import { reportDrillHandler } from './report-drill/handler.ts';
import { resetSegmentHandler } from './reset-segment/handler.ts';
import { resetSensitiveSegmentHandler } from './reset-sensitive-segment/handler.ts';
import { surveyHandler } from './survey/handler.ts';
import { thawHandler } from './thaw/handler.ts';
import { verifySegmentHandler } from './verify-segment/handler.ts';
import { verifySensitiveSegmentHandler } from './verify-sensitive-segment/handler.ts';
import { writeReportHandler } from './write-report/handler.ts';

/** A handler of any task, as one calls it by name. */
export interface AnyHandler {
  readonly task: { readonly taskName: string };
  (payload: unknown, environment: Environment<Service>): Promise<unknown>;
}

const all: readonly AnyHandler[] = [
  acquireLockHandler,
  checkFrozenHandler,
  checkUndoableHandler,
  compareTablesHandler,
  findProofHandler,
  freezeHandler,
  markVerifiedHandler,
  passGateHandler,
  planSegmentHandler,
  planSensitiveSegmentHandler,
  preflightHandler,
  prepareDrillHandler,
  protectCopyHandler,
  releaseLockHandler,
  reportDrillHandler,
  resetSegmentHandler,
  resetSensitiveSegmentHandler,
  surveyHandler,
  thawHandler,
  verifySegmentHandler,
  verifySensitiveSegmentHandler,
  writeReportHandler,
];

/** Every task's handler by the task's name, as a state machine calls them. */
export const handlers: Readonly<Record<string, AnyHandler>> = Object.fromEntries(
  all.map((handler) => [handler.task.taskName, handler]),
);
