/** One request to the API of Step Functions that someone who recovers an application makes. */
export interface ApiRequest {
  readonly name: string;
  /** When it is made, and what it does. */
  readonly what: string;
  /** As the API names it. */
  readonly operation: string;
  /** The request's body; `input` and `output` are JSON text on the wire. */
  readonly body: Readonly<Record<string, unknown>>;
}

const recovery = {
  incidentId: 'bad-upload-42',
  restorePoint: '2026-11-22T03:14:07Z',
  tables: [{ name: 'shop-orders', confirm: 'shop-orders' }],
};

/** In the order in which they may be needed. Names in double braces are variables of the collection. */
export const apiRequests: readonly ApiRequest[] = [
  {
    name: 'Start a recovery',
    what: 'Takes the tables back to the restore point. A second try has the same incident id and goes on where the first one stopped.',
    operation: 'StartExecution',
    body: { stateMachineArn: '{{machineArn}}', input: recovery },
  },
  {
    name: 'Start a recovery of one tenant, with approval',
    what: 'Takes back only some items of a table, and writes nothing before somebody has agreed to the plan.',
    operation: 'StartExecution',
    body: {
      stateMachineArn: '{{machineArn}}',
      input: {
        ...recovery,
        tables: [{ ...recovery.tables[0], only: { partitionKey: { beginsWith: 'tenant-a#' } } }],
        limits: { maxDeleteShare: 0.1 },
        approval: true,
      },
    },
  },
  {
    name: 'How a recovery ends',
    what: 'Its status, and in the end its output, or its error and cause: the cause says what is wrong, what to change, and what was undone.',
    operation: 'DescribeExecution',
    body: { executionArn: '{{executionArn}}' },
  },
  {
    name: 'What a recovery has done',
    what: 'The latest states first, without the data of the execution.',
    operation: 'GetExecutionHistory',
    body: {
      executionArn: '{{executionArn}}',
      reverseOrder: true,
      includeExecutionData: false,
      maxResults: 50,
    },
  },
  {
    name: 'Agree to a plan',
    what: 'Answers a recovery that asks for approval: the token is in the message to the topic of the failures.',
    operation: 'SendTaskSuccess',
    body: { taskToken: '{{taskToken}}', output: { approved: true, by: '{{yourName}}' } },
  },
  {
    name: 'Decline a plan',
    what: 'The same with a no: the run is undone, and has written nothing. Where an earlier run has left tables half reset, the application stays frozen.',
    operation: 'SendTaskSuccess',
    body: { taskToken: '{{taskToken}}', output: { approved: false, by: '{{yourName}}' } },
  },
  {
    name: 'Redrive a recovery',
    what: 'Goes on with an execution that failed after the gate, from where it failed; within 14 days, and only as long as the incident was not started again.',
    operation: 'RedriveExecution',
    body: { executionArn: '{{executionArn}}' },
  },
  {
    name: 'Start a drill',
    what: 'Practises on copies and changes nothing of the application.',
    operation: 'StartExecution',
    body: { stateMachineArn: '{{drillMachineArn}}', input: {} },
  },
];

/** What stands in double braces, and where it is found. */
const VARIABLES: Readonly<Record<string, string>> = {
  region: 'us-east-1',
  machineArn: '(MachineArn in the outputs of the stack)',
  drillMachineArn: '(DrillMachineArn in the outputs of the stack)',
  executionArn: '(in the answer of StartExecution)',
  taskToken: '(in the message that asks for approval)',
  yourName: '(for the record)',
  accessKeyId: '',
  secretAccessKey: '',
  sessionToken: '',
};

/** The body as it goes over the wire. */
function wireBody({ body }: ApiRequest): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
    ]),
  );
}

/** A collection for Postman (schema v2.1.0), signed with Signature Version 4. */
export function postmanCollection(): string {
  const collection = {
    info: {
      name: 'Rewind',
      description:
        'What someone who recovers an application asks of Step Functions. Fill in the variables first; the runbook is in disasterRecovery/README.md.',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: {
      type: 'awsv4',
      awsv4: Object.entries({
        accessKey: '{{accessKeyId}}',
        secretKey: '{{secretAccessKey}}',
        sessionToken: '{{sessionToken}}',
        region: '{{region}}',
        service: 'states',
      }).map(([key, value]) => ({ key, value, type: 'string' })),
    },
    variable: Object.entries(VARIABLES).map(([key, value]) => ({ key, value })),
    item: apiRequests.map((request) => ({
      name: request.name,
      request: {
        description: request.what,
        method: 'POST',
        url: 'https://states.{{region}}.amazonaws.com/',
        header: [
          { key: 'Content-Type', value: 'application/x-amz-json-1.0' },
          { key: 'X-Amz-Target', value: `AWSStepFunctions.${request.operation}` },
        ],
        body: { mode: 'raw', raw: JSON.stringify(wireBody(request), null, 2) },
      },
    })),
  };
  return JSON.stringify(collection);
}

const HEAD = `# The API of a recovery

A recovery is a state machine, so its API is that of [Step Functions](https://docs.aws.amazon.com/step-functions/latest/apireference/): these are the requests that someone who recovers an application makes, as the AWS CLI takes them. The same as a collection for Postman, signed with Signature Version 4: [rewind.postman_collection.json](rewind.postman_collection.json). What the fields of a recovery's input mean is in the [runbook](README.md#start); the JSON Schemas of the inputs and outputs are in [asl/Rewind.report.json](asl/Rewind.report.json) and [asl/Drill.report.json](asl/Drill.report.json), under \`schemas\`, that of a report in [report.schema.json](report.schema.json). \`npx rewind start\`, \`status\`, \`report\` and \`thaw\` do the same, and check more.
`;

/** The requests as a page, before it is formatted. */
export function apiPage(): string {
  return [HEAD, ...apiRequests.flatMap(section)].join('\n');
}

/** What the AWS CLI calls otherwise: it follows pages itself, and has an `--output` of its own. */
const CLI_OPTIONS: Readonly<Record<string, string>> = { maxResults: 'max-items', output: 'task-output' };

function section(request: ApiRequest): string[] {
  const inWords = (name: string) =>
    name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
  const command = inWords(request.operation);
  const options = Object.entries(request.body).map(([name, value]) => {
    const option = CLI_OPTIONS[name] ?? inWords(name);
    if (typeof value === 'boolean') return `--${value ? '' : 'no-'}${option}`;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `--${option} ${typeof value === 'object' ? `'${text}'` : text}`;
  });
  const spoken = options.map((option) => option.replaceAll(/\{\{(\w+)\}\}/g, '<$1>'));
  return [
    `## ${request.name}`,
    '',
    request.what,
    '',
    '```sh',
    [`aws stepfunctions ${command}`, ...spoken].join(' \\\n  '),
    '```',
    '',
  ];
}
