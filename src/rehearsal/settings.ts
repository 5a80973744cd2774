import type { PolicyDocument } from '../dsl/asl/policy-document.ts';
import { placeText } from '../tasks/switches/pause.ts';
import { TABLES } from './application/tables.ts';
import type { EmbeddedAws } from './aws/embedded-aws.ts';
import type { EventSourceMapping } from './aws/lambda/event-source-mapping.ts';

/** How one thing is set. */
export interface Setting {
  /** For a person. */
  readonly words: string;
  /** All that a recovery must put back, a copy; undefined when the words say it. */
  readonly whole?: unknown;
}

/** By name. */
export type Settings = Readonly<Record<string, Setting>>;

/** What a recovery changes and must put back. */
export interface AccountSettings {
  /** Reserved concurrency. */
  readonly functions: Settings;
  readonly eventSourceMappings: Settings;
  readonly pipes: Settings;
  /** By `bus/name`. */
  readonly rules: Settings;
  /** By `group/name`. */
  readonly schedules: Settings;
  /** Resource policies by table. */
  readonly policies: Settings;
}

/** The settings of the account as they are now. */
export function settingsOf(aws: EmbeddedAws): AccountSettings {
  const { reservedConcurrency, mappings } = aws.functions.snapshot();
  const { pipes, rules, schedules } = aws.eventBridge;
  return {
    functions: settings(Object.entries(reservedConcurrency), ([name, reserved]) => [
      name,
      { words: reserved === null ? 'none' : String(reserved) },
    ]),
    eventSourceMappings: settings(inOrder(aws.functions.mappings().map(mappingOf)), ({ name, uuid }) => [
      name,
      { words: mappings[uuid] ?? '-' },
    ]),
    pipes: settings(pipes, (pipe) => [
      pipe.Name ?? '',
      { words: pipe.CurrentState ?? '-', whole: structuredClone(pipe) },
    ]),
    rules: settings(rules, (rule) => [
      placeText({ within: rule.EventBusName ?? 'default', name: rule.Name ?? '' }),
      { words: rule.State ?? '-', whole: structuredClone(rule) },
    ]),
    schedules: settings(schedules, (schedule) => [
      placeText({ within: schedule.GroupName ?? 'default', name: schedule.Name ?? '' }),
      { words: schedule.State ?? '-', whole: structuredClone(schedule) },
    ]),
    policies: settings(TABLES, ({ name }) => {
      const whole = aws.policyOf(name);
      return [name, { words: policyText(whole), whole }];
    }),
  };
}

function settings<T>(all: readonly T[], settingOf: (one: T) => readonly [string, Setting]): Settings {
  return Object.fromEntries(all.map(settingOf));
}

/** A resource policy by the ids of its statements. */
function policyText(policy: string | undefined): string {
  if (policy === undefined) return 'none';
  const { Statement } = JSON.parse(policy) as PolicyDocument;
  return [Statement]
    .flat()
    .map(({ Sid = 'a statement' }) => Sid)
    .join(', ');
}

/** A mapping with its name for a person: `shop-queue-3 → shop-worker-05`. */
const mappingOf = ({ uuid, eventSourceArn, functionArn }: EventSourceMapping) => ({
  uuid,
  name: `${eventSourceArn.split(':').at(-1)} → ${functionArn.split(':').at(-1)}`,
});

const inOrder = <T extends { readonly name: string }>(named: readonly T[]): readonly T[] =>
  [...named].sort((left, right) => left.name.localeCompare(right.name, 'en', { numeric: true }));
