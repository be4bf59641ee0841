import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Returns the time an hour ago, in seconds since 1970-01-01 UTC. The service links calls of that
 * age.
 */
export function recently(): number {
  return Math.floor(Date.now() / 1000) - 3600;
}

/** Returns a valid file of calls. Each record is different. */
export function goodCalls(rows: number, tag = 'north'): string {
  const first = recently();
  const lines = Array.from(
    { length: rows },
    (_, at) => `${String(1_481_718_166_000 + at)},${String(first - at)},0,${tag}`,
  );
  return `ClientId,DateTime,StaticCall,Tag\n${lines.join('\n')}\n`;
}

export function writeCalls(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
