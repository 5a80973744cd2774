/** Where the coverage of state machines is written to, from where the tests were started. */
export const COVERAGE_FOLDER = 'coverage/machines';
