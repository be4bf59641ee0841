/**
 * Lets one run at a time change the stored token. The lock of a run that was killed, or that does
 * not move, bars nobody.
 */
import {
  linkSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import type { StopSignal } from '../../abortable.ts';
import type { Clock } from '../../clock.ts';
import { Failure, systemErrorCode } from '../../failure.ts';

/** The pause between two attempts to get the lock, in milliseconds. */
const PAUSE = 100;

/** The holder shows at this interval that it is alive, in milliseconds. */
const SIGN_OF_LIFE = 2000;

/** A lock without a sign of life for this time is dead, in milliseconds. */
const DEAD_AFTER = 20_000;

/** A lock that is still empty after this time is dead: its run was killed while it made the lock. */
const EMPTY_AFTER = 1000;

/** The usual time to wait for the lock, in milliseconds. It is longer than a renewal takes. */
const PATIENCE = 60_000;

/** A lock that this run holds. */
export interface HeldLock {
  /** Says whether this run still has the lock. Another run may take it from a run that stood still. */
  isMine(): boolean;
}

/** How to wait for a lock. */
export interface LockContext {
  readonly clock: Clock;
  readonly signal?: StopSignal | undefined;
  /** The longest wait, in milliseconds; a minute by default. */
  readonly patience?: number;
}

/**
 * Waits for the lock, calls `use`, and releases the lock.
 *
 * @param path the lock file; its folder must exist
 * @throws Failure `token-store-busy` (exit 6) if another run keeps the lock; an error of the system
 *   if the lock file cannot be written; any error that `use` throws
 */
export async function withLock<Result>(
  path: string,
  { clock, signal, patience = PATIENCE }: LockContext,
  use: (lock: HeldLock) => Promise<Result>,
): Promise<Result> {
  const own = ownMark();
  const latest = clock.now() + patience;
  while (!taken(path, own)) {
    if (clock.now() >= latest) throw new Failure('token-store-busy', { path });
    await clock.sleep(PAUSE, signal);
  }
  const isMine = (): boolean => markIn(path) === own;
  const timer = setInterval(() => {
    if (isMine()) showLife(path);
  }, SIGN_OF_LIFE);
  timer.unref();
  try {
    return await use({ isMine });
  } finally {
    clearInterval(timer);
    if (isMine()) rmSync(path, { force: true });
  }
}

/** Returns a text that no other lock has: the process, the machine and a random part. */
function ownMark(): string {
  const { randomBytes } = process.getBuiltinModule('node:crypto');
  return `${String(process.pid)} ${hostname()} ${randomBytes(8).toString('hex')}`;
}

function taken(path: string, own: string): boolean {
  // A link, a pipe or a folder is no lock of this program. Reading a pipe would block.
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isFile()) rmSync(path, { force: true });
  const there = markIn(path);
  if (there !== undefined) {
    if (!isDead(path, there)) return false;
    if (!removed(path, there)) return false;
  }
  try {
    writeFileSync(path, own, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** @returns the text of the lock file; `undefined` if there is no lock */
function markIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Says whether the holder of a lock is gone. A process of another machine or container, which may
 * share the folder, cannot be looked up. So only its signs of life count.
 */
function isDead(path: string, mark: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return false;
  // The time of the file is from the clock of the system, never from the clock of a test.
  const age = Math.abs(Date.now() - stats.mtimeMs);
  if (age > (mark === '' ? EMPTY_AFTER : DEAD_AFTER)) return true;
  const [id = '', host = ''] = mark.split(' ');
  return /^\d+$/.test(id) && host === hostname() && !isRunning(Number(id));
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) === 'EPERM';
  }
}

/**
 * Removes a dead lock. Another run may do the same at this moment, and may have a new lock already.
 * So the lock is first moved aside, and put back if it is not the dead one.
 */
function removed(path: string, dead: string): boolean {
  const aside = `${path}-${ownMark().slice(-16)}`;
  try {
    renameSync(path, aside);
    if (markIn(aside) === dead) return true;
    linkSync(aside, path);
    return false;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return false;
  } finally {
    rmSync(aside, { force: true });
  }
}

function showLife(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch (error) {
    // The lock may be gone in the meantime.
    if (systemErrorCode(error) === undefined) throw error;
  }
}
