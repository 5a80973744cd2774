/** What is wrong with a machine: the state it is wrong in (`''`: the machine as a whole), and what to change. */
export interface MachineFault {
  readonly state: string;
  readonly problem: string;
}
