import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { RecordScanner, scanIn, type ScanSettings } from '../calls/record-scanner.ts';

/** What the thread is started with: the file, and memory that both threads share. */
export interface ThreadData {
  readonly settings: ScanSettings;
  /** For each slot a stretch of the file, and the scan of it. */
  readonly stretches: readonly SharedArrayBuffer[];
  readonly scans: readonly SharedArrayBuffer[];
}

/** A stretch to be scanned; the answer is the slot. */
export interface ScanOrder {
  readonly slot: number;
  /** Bytes. */
  readonly length: number;
  readonly currencies: readonly number[];
}

/** Scans what it is told to, until the thread is ended. */
function serve(port: MessagePort, { settings, stretches, scans }: ThreadData): void {
  const scanner = new RecordScanner(settings);
  const slots = stretches.map((memory, slot) => ({
    stretch: new Uint8Array(memory),
    scan: scanIn(scans[slot] ?? new ArrayBuffer(0)),
  }));
  port.on('message', ({ slot, length, currencies }: ScanOrder) => {
    const at = slots[slot];
    if (at === undefined) return;
    for (const code of currencies) scanner.meet(code);
    scanner.scan(at.stretch.subarray(0, length), 0, length, at.scan);
    port.postMessage(slot);
  });
}

if (parentPort !== null) serve(parentPort, workerData as ThreadData);
