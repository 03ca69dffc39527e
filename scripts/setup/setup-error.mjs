// Why set-up cannot go on, as one sentence that says what to do.

export class SetupError extends Error {
  /** @override */
  name = 'SetupError';
}
