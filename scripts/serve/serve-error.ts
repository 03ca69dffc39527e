/** What ends `npm start` with sentences for the person at the terminal, and no stack. */
export class ServeError extends Error {
  override readonly name = 'ServeError';
}

/** Says what to do about an address that cannot be listened on; anything else is given back as it is. */
export function explainListenError(
  error: unknown,
  { host, port }: { readonly host: string; readonly port: number },
): unknown {
  const sentence = sentenceFor((error as NodeJS.ErrnoException).code, host, port);
  return sentence === undefined ? error : new ServeError(sentence, { cause: error });
}

function sentenceFor(code: string | undefined, host: string, port: number): string | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} of ${host} is in use by another program: stop that one, or choose another port with --port.`;
    case 'EACCES':
      return `This user may not listen on port ${port}: choose one above 1023 with --port.`;
    case 'EADDRNOTAVAIL':
      return `${host} is no address of this machine: choose another with --host.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `There is no host called "${host}": choose another with --host.`;
    default:
      return undefined;
  }
}
