/** The query language of a state. */
export type Language = 'JSONPath' | 'JSONata';
