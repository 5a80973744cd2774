import { join } from 'node:path';
import type { encryptionConfiguration } from '../request-parts.ts';
import type * as z from 'zod';
import { RecordFolder } from './record-folder.ts';
import type { Revision, StateMachineRecord, Tags } from './state-machine.ts';

export interface ActivityRecord {
  readonly arn: string;
  readonly name: string;
  readonly creationDate: number;
  readonly encryptionConfiguration: NonNullable<z.output<typeof encryptionConfiguration>>;
  readonly tags: Tags;
}

/** The state machines and activities there are, by ARN; in a folder, if there is one, for the next start. */
export class Catalog {
  readonly #machines = new Map<string, StateMachineRecord>();
  readonly #activities = new Map<string, ActivityRecord>();
  readonly #machineFolder: RecordFolder | undefined;
  readonly #activityFolder: RecordFolder | undefined;

  /** @throws Error that names the file when one of the folder's cannot be read. */
  constructor(folder?: string) {
    if (folder === undefined) return;
    this.#machineFolder = new RecordFolder(join(folder, 'state-machines'));
    this.#activityFolder = new RecordFolder(join(folder, 'activities'));
    for (const machine of this.#machineFolder.readAll() as readonly StateMachineRecord[])
      this.#machines.set(machine.arn, withSharedRevisions(machine));
    for (const activity of this.#activityFolder.readAll() as readonly ActivityRecord[])
      this.#activities.set(activity.arn, activity);
  }

  /** In the order of their names. */
  get machines(): readonly StateMachineRecord[] {
    return byName(this.#machines);
  }

  /** In the order of their names. */
  get activities(): readonly ActivityRecord[] {
    return byName(this.#activities);
  }

  machine(arn: string): StateMachineRecord | undefined {
    return this.#machines.get(arn);
  }

  activity(arn: string): ActivityRecord | undefined {
    return this.#activities.get(arn);
  }

  /** Adds it, or puts it in the place of the one with its ARN. */
  putMachine(machine: StateMachineRecord): void {
    this.#machineFolder?.write(machine.name, machine);
    this.#machines.set(machine.arn, machine);
  }

  /** Adds it, or puts it in the place of the one with its ARN. */
  putActivity(activity: ActivityRecord): void {
    this.#activityFolder?.write(activity.name, activity);
    this.#activities.set(activity.arn, activity);
  }

  removeMachine({ arn, name }: StateMachineRecord): void {
    this.#machineFolder?.remove(name);
    this.#machines.delete(arn);
  }

  removeActivity({ arn, name }: ActivityRecord): void {
    this.#activityFolder?.remove(name);
    this.#activities.delete(arn);
  }
}

const byName = <T extends { readonly name: string }>(records: ReadonlyMap<string, T>): readonly T[] =>
  [...records.values()].sort((one, other) => (one.name < other.name ? -1 : 1));

/** What was read has a copy of the revision in each version; the same one is to be the same object. */
function withSharedRevisions(machine: StateMachineRecord): StateMachineRecord {
  const known = new Map<string, Revision>([[machine.current.key, machine.current]]);
  const versions = machine.versions.map((version) => {
    const revision = known.get(version.revision.key) ?? version.revision;
    known.set(revision.key, revision);
    return { ...version, revision };
  });
  return { ...machine, versions };
}
