import type { FunctionRegistry } from './function-registry.ts';
import { readBody } from '../rest/read-body.ts';
import type { RestOperations } from '../rest/rest-service.ts';

/** ListTags, TagResource and UntagResource, on functions. */
export function tagOperations(registry: FunctionRegistry): RestOperations {
  return {
    ListTags({ subject }) {
      return { output: { Tags: Object.fromEntries(registry.function(subject).tags) } };
    },

    TagResource({ subject, body }) {
      const { tags } = registry.function(subject);
      for (const [key, value] of Object.entries(readBody(body)['Tags'] ?? {})) tags.set(key, String(value));
      return { status: 204 };
    },

    UntagResource({ subject, query }) {
      const { tags } = registry.function(subject);
      for (const key of query.getAll('tagKeys')) tags.delete(key);
      return { status: 204 };
    },
  };
}
