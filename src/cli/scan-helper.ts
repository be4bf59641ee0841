import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { type Scan, scanIn, scanLength, type ScanSettings } from '../calls/record-scanner.ts';
import { MOST_WAITING, type ScanHelper } from '../calls/scan-ahead.ts';
import type { ScanOrder, ThreadData } from './scan-thread.ts';

/** A longer stretch is scanned by who asks. */
const LONGEST_STRETCH = 512 * 1024;
/** One that is scanned and some that wait, so that the thread is never idle. */
const MOST_AT_ONCE = 3;
/** A scan must stay as it is while others wait for their turn. */
const SLOTS = MOST_WAITING + 1;

/**
 * Starts a thread that scans ahead. Whatever goes wrong with it, the scans are then done without it.
 *
 * @param folder where the program's bundles are
 * @returns `undefined` when there is no processor to spare
 */
export async function startScanHelper(
  folder: string,
  settings: ScanSettings,
): Promise<ScanHelper | undefined> {
  if (availableParallelism() < 2) return undefined;
  try {
    const threads = await import('node:worker_threads');
    return helperOn(threads.Worker, folder, settings);
  } catch {
    // Where threads are forbidden there is none.
    return undefined;
  }
}

function helperOn(Thread: typeof Worker, folder: string, settings: ScanSettings): ScanHelper {
  const shared = (length: number): SharedArrayBuffer[] =>
    Array.from({ length: SLOTS }, () => new SharedArrayBuffer(length));
  const data: ThreadData = {
    settings,
    stretches: shared(LONGEST_STRETCH),
    scans: shared(scanLength(LONGEST_STRETCH)),
  };
  const stretches = data.stretches.map((memory) => new Uint8Array(memory));
  const scans = data.scans.map((memory) => scanIn(memory));
  const orders = new Map<number, (scan: Scan | undefined) => void>();
  let state: 'starting' | 'ready' | 'broken' = 'starting';
  let next = 0;

  const worker = new Thread(join(folder, 'scan-thread.cjs'), { workerData: data });
  const giveUp = (): void => {
    state = 'broken';
    for (const answer of orders.values()) answer(undefined);
    orders.clear();
  };
  // A thread takes as long to start as the scanning of some megabytes; who asks does not wait for it.
  worker.on('online', () => {
    if (state === 'starting') state = 'ready';
  });
  worker.on('error', giveUp);
  worker.on('exit', giveUp);
  worker.on('message', (slot: number) => {
    orders.get(slot)?.(scans[slot]);
    orders.delete(slot);
  });

  return {
    get hasRoom() {
      return state === 'ready' && orders.size < MOST_AT_ONCE;
    },
    scan: async (stretch, currencies) => {
      if (state === 'broken' || stretch.length > LONGEST_STRETCH) return undefined;
      const slot = next;
      next = (next + 1) % SLOTS;
      stretches[slot]?.set(stretch);
      const order: ScanOrder = { slot, length: stretch.length, currencies: [...currencies] };
      return await new Promise((resolve) => {
        orders.set(slot, resolve);
        worker.postMessage(order);
      });
    },
    close: () => {
      void worker.terminate();
    },
  };
}
