declare module 'asl-validator' {
  /** Validates a machine against JSON Schemas of Amazon States Language. */
  export default function aslValidator(machine: object): {
    readonly isValid: boolean;
    readonly errorsText: (separator?: string) => string;
  };
}
