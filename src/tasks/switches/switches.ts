import type { SavedSwitch, SwitchKind } from '../ledger/switch-record.ts';

/**
 * How a switch stands. `turningOn` and `turningOff`: it has been told so, and AWS is at it. `unclear`: in a state that
 * does not tell, such as that of a deploy. `unseen`: it could not be looked at.
 */
export type Stand = 'on' | 'turningOn' | 'off' | 'turningOff' | 'unclear' | 'unseen' | 'gone';

/** A switch as it stands now. */
export interface Switch extends Pick<SavedSwitch, 'id' | 'functionName'> {
  readonly stand: Stand;
  /** The same in AWS's words, or why it could not be looked at. */
  readonly state: string;
}

/**
 * What has become of the wish to turn a switch. `left`: it is not turned on, since it would have no use any more.
 */
export type Turned = 'turned' | 'gone' | 'left';

/** All switches of one kind, as a freeze and a thaw work with them. */
export interface Switches {
  readonly kind: SwitchKind;
  /** What AWS calls a switch that is on, and one that is off. */
  readonly words: { readonly on: string; readonly off: string };
  /** Those that a freeze switches off, as they stand now. */
  readonly find: () => Promise<readonly Switch[]>;
  /** These as they stand now, each of them, in any order. */
  readonly look: (switches: readonly Pick<Switch, 'id' | 'functionName'>[]) => Promise<readonly Switch[]>;
  /** Tells one to be on or off; that may take a while, and a repetition is harmless. */
  readonly turn: (id: string, on: boolean) => Promise<Turned>;
}

const NAMES: Readonly<Record<SwitchKind, string>> = {
  mapping: 'event-source mapping',
  pipe: 'pipe',
  rule: 'rule',
  schedule: 'schedule',
};

/** The kind in the plural, for people. */
export const kindInWords = (kind: SwitchKind): string => `${NAMES[kind]}s`;

/** A switch in words: `event-source mapping <uuid> of <function>`, `pipe <name>`. */
export function switchInWords(
  kind: SwitchKind,
  { id, functionName }: Pick<Switch, 'id' | 'functionName'>,
): string {
  return `${NAMES[kind]} ${id}${functionName === '' ? '' : ` of ${functionName}`}`;
}
