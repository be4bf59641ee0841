/** `metrika-calls sandbox`: a local server until the user ends it. */
import { EXIT_CODES, type ExitCode } from '../../exit-codes.ts';
import { Failure, systemErrorCode } from '../../failure.ts';
import { maskedWithinReport } from '../../safe-text/masking.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { type ContextOf, defineCommand } from '../arguments/command.ts';
import { OUTPUT } from '../arguments/options.ts';

export const sandbox = defineCommand({
  operands: '',
  options: ['port', 'stageTime', ...OUTPUT],
  examples: [
    'metrika-calls sandbox --port 8080',
    'metrika-calls list -c 1 --token any-text --api-url http://127.0.0.1:8080',
  ],
});

/** Starts the server and waits for the interruption that ends it. */
export async function run({
  io,
  options,
  output,
  reporter,
}: ContextOf<typeof sandbox>): Promise<ExitCode> {
  const server = await start({
    port: options.port,
    stageTime: options.stageTime * 1000,
    now: io.clock.now,
    onRequest: ({ method, path, status }) => {
      output.remark(`${method} ${maskedWithinReport(path)}: ${String(status)}`);
    },
  });
  reporter.sandboxStarted(server.address);
  await new Promise<void>((resolve) => {
    if (io.signal.aborted) resolve();
    io.signal.addEventListener('abort', () => {
      resolve();
    });
  });
  await server.close();
  return EXIT_CODES.done;
}

async function start(settings: Parameters<typeof startSandbox>[0]): Promise<Sandbox> {
  try {
    return await startSandbox(settings);
  } catch (error) {
    const reason = systemErrorCode(error);
    if (reason === undefined) throw error;
    throw new Failure('port-unavailable', { port: settings.port, reason });
  }
}
