import { unknownOperation } from '../aws-error.ts';
import type { Fields, JsonRpcService } from '../json-rpc.ts';
import type { EventBridge } from './event-bridge.ts';
import { ruleOperations } from './rules.ts';

/** The most rules that one answer lists (API_ListRules). */
const PAGE = 100;

/** EventBridge, as far as it is about rules. */
export class RuleService implements JsonRpcService {
  readonly name = 'EventBridge';
  readonly errorPrefix = '';
  readonly #operations: Readonly<Record<string, (input: Fields) => Fields>>;

  constructor(state: EventBridge) {
    this.#operations = ruleOperations(state, PAGE);
  }

  async call(operation: string, input: Fields): Promise<Fields> {
    const perform = this.#operations[operation];
    if (perform === undefined) throw unknownOperation(`${this.name}.${operation}`);
    return perform(input);
  }
}
