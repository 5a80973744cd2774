import { freezeHandler } from '../../src/tasks/freeze/handler.ts';
import { ledgerOf } from '../../src/tasks/ledger/ledger.ts';
import type { RecoverySystem } from '../../src/tasks/recovery-system.ts';
import { incident, openBadImport } from './bad-import.ts';
import { eventBridge, type EventBridge } from './event-bridge.ts';
import {
  lambdaApplication,
  type ApplicationFunction,
  type ApplicationMapping,
} from './lambda-application.ts';
import type { LedgerTable } from './ledger-table.ts';
import { taggingApi } from './tagging-api.ts';
import { taskEnvironment } from './task-environment.ts';

interface Contents {
  readonly functions: Readonly<Record<string, ApplicationFunction>>;
  readonly mappings?: Readonly<Record<string, ApplicationMapping>>;
  readonly events?: Partial<EventBridge>;
  readonly system?: Partial<RecoverySystem>;
  readonly deadlineInMinutes?: number;
}

/** An application, and the environment of tasks that work on it; tests change what is in it at will. */
export function shop(ledger: LedgerTable, contents: Contents) {
  const { functions: given, mappings: feeding = {}, events, ...others } = contents;
  const functions = new Map(Object.entries(structuredClone(given)));
  const mappings = new Map(Object.entries(structuredClone(feeding)));
  const lambda = lambdaApplication(functions, mappings);
  const tagging = taggingApi(functions);
  const bridge = eventBridge(events);
  const environment = taskEnvironment(ledger, {
    lambda: lambda.client,
    tagging: tagging.client,
    events: bridge.events,
    pipes: bridge.pipes,
    scheduler: bridge.scheduler,
    ...others,
  });
  return {
    functions,
    mappings,
    /** Pipes, rules and schedules. */
    events: bridge.state,
    environment,
    /** The incident's records. */
    own: ledgerOf(environment, incident.incidentId),
    lambda: lambda.mock,
    tagging: tagging.mock,
    pipesMock: bridge.pipesMock,
    eventsMock: bridge.eventsMock,
    schedulerMock: bridge.schedulerMock,
    now: () => ({ functions: Object.fromEntries(functions), mappings: Object.fromEntries(mappings) }),
  };
}

/** A shop that the incident has frozen, with what it was before; no call of Lambda has been counted yet. */
export async function frozenShop(ledger: LedgerTable, contents: Contents) {
  const frozen = shop(ledger, contents);
  const before = structuredClone(frozen.now());
  await openBadImport(ledger);
  await freezeHandler(incident, frozen.environment);
  frozen.lambda.resetHistory();
  return { ...frozen, before };
}

/** Functions without a reserved concurrency, with one and with a 0 of its own, and a mapping that is on and one that is off. */
export const ORDINARY_SHOP = {
  functions: { 'shop-a': {}, 'shop-b': { reserved: 25 }, 'shop-locked': { reserved: 0 } },
  mappings: {
    'uuid-on': { function: 'shop-a', state: 'Enabled' },
    'uuid-off': { function: 'shop-b', state: 'Disabled' },
  },
};
