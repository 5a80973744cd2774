import type { Rule } from '@aws-sdk/client-eventbridge';
import { type EventBridge, type KeptRule, notFound, pageOf } from './event-bridge.ts';

interface Paged {
  readonly NextToken?: string | undefined;
}

interface Placed {
  readonly Name?: string | undefined;
  readonly EventBusName?: string | undefined;
}

/**
 * What EventBridge answers of rules and of the buses that they are on, of which every account has the default one.
 * @param pageSize the most entries of a list.
 */
export function ruleOperations({ rules }: EventBridge, pageSize: number) {
  const busOf = ({ EventBusName = 'default' }: Rule) => EventBusName;
  const found = ({ Name, EventBusName = 'default' }: Placed): KeptRule =>
    rules.find((rule) => rule.Name === Name && busOf(rule) === EventBusName) ??
    notFound('ResourceNotFoundException', Name);
  const told = ({ targets: _targets, ...rule }: KeptRule) => ({ State: 'ENABLED', ...rule });
  return {
    ListEventBuses: ({ NextToken }: Paged) => {
      const buses = [...new Set(['default', ...rules.map(busOf)])].map((Name) => ({ Name }));
      const { page, next } = pageOf(buses, NextToken, pageSize);
      return { EventBuses: page, NextToken: next };
    },

    ListRules: ({ EventBusName = 'default', NextToken }: Paged & Placed) => {
      const onBus = rules.filter((rule) => busOf(rule) === EventBusName);
      const { page, next } = pageOf(onBus, NextToken, pageSize);
      return { Rules: page.map(told), NextToken: next };
    },

    ListTargetsByRule: ({ Rule, EventBusName }: { readonly Rule?: string } & Omit<Placed, 'Name'>) => {
      const { targets = [] } = found({ Name: Rule, EventBusName });
      return { Targets: targets.map((Arn, index) => ({ Id: `${index}`, Arn })) };
    },

    DescribeRule: (asked: Placed) => {
      return told(found(asked));
    },

    DisableRule: (asked: Placed) => {
      found(asked).State = 'DISABLED';
      return {};
    },

    EnableRule: (asked: Placed) => {
      found(asked).State = 'ENABLED';
      return {};
    },
  };
}
