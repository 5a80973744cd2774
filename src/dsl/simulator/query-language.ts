import type { ChoiceRule, ComparisonRule, Json, JsonObject, MapState, State } from '../asl/machine.ts';
import type { Outcome, Production } from './outcome.ts';
import type { Process } from './request.ts';
import type { Visit } from './visit.ts';

/** A field of a state that is a template: its place as causes name it, and what it holds. */
export interface TemplateField {
  readonly name: string;
  readonly template: Json;
  /** The context object's `Map`, where it differs from the visit's own. */
  readonly map?: JsonObject;
}

/** Arguments and Parameters, as the two languages call what a call is given. */
export interface PayloadHolder {
  readonly Arguments?: Json;
  readonly Parameters?: Json;
}

/** A field that is a literal, an expression (JSONata), or given by a second one named `…Path` (JSONPath). */
export interface Setting {
  /** The field, as in `MaxConcurrency`. */
  readonly name: string;
  /** What has the field. */
  readonly holder: object;
  /** The holder's place within the state, as in `ItemBatcher/`. */
  readonly place?: string;
}

interface NumberSetting extends Setting {
  /** Only whole numbers from here on. */
  readonly wholeFrom?: 0 | 1;
  /** Whole numbers, whatever their sign. */
  readonly whole?: true;
}

/** What Step Functions would not accept, and the field that it is in, as in `Choices[0]/Condition`. */
export interface Refusal {
  /** With AWS's code. */
  readonly what: string;
  /** Empty for the state as a whole. */
  readonly field: string;
}

/**
 * What depends on a state's query language: which fields it has and how their values come about. States ask for
 * a value here and never for the language.
 */
export interface QueryLanguage {
  /** What of a state's own fields CreateStateMachine would not accept. */
  refused(state: State): Iterable<Refusal>;
  /** What a Pass gives as its result; nothing means that it has none. */
  passResult(visit: Visit): Process<Json | undefined>;
  /** What a call or the branches get. @param place the holder's place within the state, as in `ItemReader/`. */
  payload(visit: Visit, holder: PayloadHolder, place?: string): Process<Json>;
  template(visit: Visit, field: TemplateField): Process<Json>;
  /** Undefined when the field is not there. */
  number(visit: Visit, setting: NumberSetting): Process<number | undefined>;
  /** Undefined when the field is not there. */
  text(visit: Visit, setting: Setting): Process<string | undefined>;
  /** When a Wait is over, milliseconds since the epoch. @param from when it began. */
  waitUntil(visit: Visit, from: number): Process<number>;
  /** Whether a rule of a Choice holds. */
  holds(visit: Visit, rule: ChoiceRule | ComparisonRule, place: string): Process<boolean>;
  /** What a Map goes over: an array, or an object if it is distributed. */
  items(visit: Visit, state: MapState, distributed: boolean): Process<Json>;
  /** What an iteration gets is made of; undefined when it gets the item itself. */
  itemTemplate(state: MapState): { readonly name: string; readonly template: Json } | undefined;
  /** The output and the variables of what a state, or its Catcher, came to. */
  produce(visit: Visit, outcome: Outcome): Process<Production>;
}
