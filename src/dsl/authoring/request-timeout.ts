/** Seconds that a single request to a service may take, where nobody says otherwise. */
export const REQUEST_TIMEOUT_SECONDS = 60;
