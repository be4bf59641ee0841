import { type ExitCode, EXIT_CODES } from '../../exit-codes.ts';
import { Failure, systemErrorCode } from '../../failure.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import type { CommandContext } from '../command.ts';
import { stageTime } from '../settings.ts';
import { withoutControls } from '../terminal.ts';

const PORT = 8080;
const HIGHEST_PORT = 65_535;

/** `metrika-calls sandbox`: a local server until the user ends it. */
export async function runSandbox({ io, options, output }: CommandContext): Promise<ExitCode> {
  const port = options.wholeNumber('port', PORT, 0, HIGHEST_PORT);
  const sandbox = await start({
    port,
    stageTime: stageTime(options),
    now: io.clock.now,
    onRequest: ({ method, path, status }) => {
      output.say(`${method} ${withoutControls(path)}: ${String(status)}`);
    },
  });
  if (output.json) output.result(JSON.stringify({ ok: true, address: sandbox.address }));
  else {
    output.result(`Sandbox at ${sandbox.address}`);
    output.say(`Use it with --api-url ${sandbox.address} and any token. Ctrl-C ends it.`);
  }
  await new Promise<void>((resolve) => {
    if (io.signal.aborted) resolve();
    io.signal.addEventListener('abort', () => {
      resolve();
    });
  });
  await sandbox.close();
  return EXIT_CODES.done;
}

async function start(settings: Parameters<typeof startSandbox>[0]): Promise<Sandbox> {
  try {
    return await startSandbox(settings);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    throw new Failure({
      code: 'port-unavailable',
      exitCode: EXIT_CODES.usage,
      message: `The sandbox cannot listen on port ${String(settings.port)} (${code}).`,
      hint: 'Name another one with --port, or --port 0 for a free one.',
    });
  }
}
