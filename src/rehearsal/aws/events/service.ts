import { unknownOperation } from '../aws-error.ts';
import type { Fields, JsonRpcService } from '../json-rpc.ts';

/** EventBridge with the default event bus, which every account has, and no rule on it. */
export class Events implements JsonRpcService {
  readonly name = 'EventBridge';
  readonly errorPrefix = '';

  async call(operation: string): Promise<Fields> {
    if (operation === 'ListEventBuses') return { EventBuses: [{ Name: 'default' }] };
    if (operation === 'ListRules') return { Rules: [] };
    throw unknownOperation(`${this.name}.${operation}`);
  }
}
