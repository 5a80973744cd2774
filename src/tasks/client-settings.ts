/** How every client of AWS calls, unless it says otherwise. */
export const CLIENT_SETTINGS = {
  /**
   * Standard mode: the adaptive one slows all calls of a client when one of them is throttled, and the
   * handlers pace themselves. Six attempts are five delays of full jitter, about 3 seconds in all: enough for
   * a blip, and short enough that a lasting refusal reaches the handler, which knows what can wait.
   */
  retryMode: 'standard',
  maxAttempts: 6,
  /**
   * A call that hangs must not use up the invocation: every call made here answers within a second or two. The request's
   * timeout ends with the head of the answer; if the rest of it does not come, the socket's does.
   */
  requestHandler: {
    connectionTimeout: 3000,
    requestTimeout: 10_000,
    socketTimeout: 10_000,
    throwOnRequestTimeout: true,
  },
} as const;

const { maxAttempts, requestHandler } = CLIENT_SETTINGS;
const { connectionTimeout, requestTimeout, socketTimeout } = requestHandler;
const PAUSES_MILLISECONDS = 12_000;

/** A call has succeeded or failed so long after it was begun, whatever becomes of its attempts. */
export const LONGEST_CALL_MILLISECONDS =
  maxAttempts * (connectionTimeout + requestTimeout + socketTimeout) + PAUSES_MILLISECONDS;
