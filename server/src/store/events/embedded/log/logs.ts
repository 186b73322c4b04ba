import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openLog, idAt, type LogFile } from './file.ts';
import type { Packed } from './pack.ts';
import { fileOf, isLogFile, monthFile, oddFile } from './place.ts';

const maxOpen = 12;
const hourMs = 3_600_000;

export interface Logs {
  /** Makes these events durable; returns 1 for each that was new, 0 for each that was known. */
  readonly append: (packed: Packed) => Uint8Array;
  readonly onLog: <T>(file: string, run: (log: LogFile) => T) => T;
  /** Keeps one file open until `run` has settled. */
  readonly hold: <T>(file: string, run: (log: LogFile) => Promise<T>) => Promise<T>;
  readonly files: () => string[];
  readonly events: () => number;
  readonly checkpoint: () => void;
  readonly close: () => void;
}

/** All log files of a folder, at most twelve open at a time. */
export function openLogs(folder: string): Logs {
  mkdirSync(folder, { recursive: true });
  const files = new Set(readdirSync(folder).filter(isLogFile));
  const open = new Map<string, LogFile>();
  const held = new Map<string, number>();
  const counts = new Map<string, number>();

  function take(file: string): LogFile {
    const log = open.get(file) ?? openLog(join(folder, file));
    open.delete(file);
    open.set(file, log);
    files.add(file);
    for (const [name, old] of open) {
      if (open.size <= maxOpen) break;
      if (name !== file && !held.has(name)) drop(name, old);
    }
    return log;
  }
  function drop(name: string, log: LogFile): void {
    open.delete(name);
    log.close();
  }
  function onLog<T>(file: string, run: (log: LogFile) => T): T {
    const log = take(file);
    try {
      return run(log);
    } catch (error) {
      // After a failed write nothing that this connection remembers can be trusted.
      if (!held.has(file)) {
        open.delete(file);
        closeQuietly(log);
      }
      throw error;
    } finally {
      counts.delete(file);
    }
  }

  /** Hours of `at` that the odd file holds: only there can an event with a right clock have its first copy. */
  const oddHours = files.has(oddFile)
    ? new Set(onLog(oddFile, (log) => log.hours()))
    : new Set<number>();

  /** A retry may be corrected differently, and so look for its first copy in the wrong file: look in both. */
  function elsewhere(packed: Packed, row: number, file: string): boolean {
    const at = packed.at[row] ?? 0;
    const other = file === oddFile ? monthFile(at) : oddFile;
    const possible = file === oddFile ? files.has(other) : oddHours.has(Math.floor(at / hourMs));
    return possible && onLog(other, (log) => log.has(at, idAt(packed, row)));
  }

  return {
    append(packed) {
      const accepted = new Uint8Array(packed.count);
      const byFile = new Map<string, number[]>();
      const odd: number[] = [];
      for (let row = 0; row < packed.count; row++) {
        const file = fileOf(packed.at[row] ?? 0, packed.shift[row] ?? 0);
        if (file === oddFile) odd.push(row);
        else if (oddHours.size === 0 || !elsewhere(packed, row, file)) {
          const rows = byFile.get(file);
          if (rows === undefined) byFile.set(file, [row]);
          else rows.push(row);
        }
      }
      for (const [file, rows] of byFile)
        onLog(file, (log) => {
          log.insert(packed, rows, accepted);
        });
      const strays = odd.filter((row) => !elsewhere(packed, row, oddFile));
      if (strays.length > 0) {
        onLog(oddFile, (log) => {
          log.insert(packed, strays, accepted);
        });
        for (const row of strays) oddHours.add(Math.floor((packed.at[row] ?? 0) / hourMs));
      }
      return accepted;
    },
    onLog,
    async hold(file, run) {
      const log = take(file);
      held.set(file, (held.get(file) ?? 0) + 1);
      try {
        return await run(log);
      } finally {
        const left = (held.get(file) ?? 1) - 1;
        if (left === 0) held.delete(file);
        else held.set(file, left);
      }
    },
    files: () => [...files].toSorted(),
    events() {
      let total = 0;
      for (const file of files) {
        const known = counts.get(file) ?? onLog(file, (log) => log.events());
        counts.set(file, known);
        total += known;
      }
      return total;
    },
    checkpoint() {
      for (const log of open.values()) log.checkpoint();
    },
    close() {
      for (const [name, log] of open) drop(name, log);
    },
  };
}

function closeQuietly(log: LogFile): void {
  try {
    log.close();
  } catch {
    // The error that led here is the one to tell.
  }
}
