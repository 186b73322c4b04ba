import { parse, type Info } from 'csv-parse';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../errors.ts';
import type { Cells } from './csv-row.ts';

const maxRecord = 1_048_576;

/** One row of a file, not yet understood. */
export type FileRecord<T> =
  | {
      /** Line in the file on which it ends, from 1. */
      readonly line: number;
      readonly content: T;
    }
  | { readonly line: number; readonly unreadable: string };

/** Bytes as text; throws AppError `invalid` when they are not UTF-8. */
export async function* decode(
  stream: AsyncIterable<Uint8Array>,
  seen: (bytes: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of stream) {
      seen(chunk.length);
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (
      error instanceof TypeError &&
      'code' in error &&
      error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
    )
      throw new AppError('invalid', 'the file is not UTF-8; save it as UTF-8', { cause: error });
    throw error;
  }
}

/** The lines of a text; empty ones are left out. */
export async function* readLines(text: AsyncIterable<string>): AsyncGenerator<FileRecord<string>> {
  let rest = '';
  let line = 0;
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > maxRecord)
      throw new AppError(
        'too_large',
        `line ${line + lines.length + 1} is longer than ${maxRecord} characters`,
      );
    for (const content of lines) {
      line++;
      if (content.trim() !== '') yield { line, content };
    }
  }
  if (rest.trim() !== '') yield { line: line + 1, content: rest };
}

/**
 * The rows of a CSV file with a header. Throws AppError `invalid` when the header lacks a column.
 * @param needed columns that must be there
 */
export async function* readCsv(
  text: AsyncIterable<string>,
  needed: readonly string[],
): AsyncGenerator<FileRecord<Cells>> {
  const skipped: FileRecord<Cells>[] = [];
  let header: readonly string[] | undefined;
  const parser = parse({
    bom: true,
    info: true,
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    skip_records_with_error: true,
    max_record_size: maxRecord,
    columns: (names: string[]) => {
      header = names.map((n) => n.trim());
      return header as string[];
    },
    on_skip: (error) => {
      skipped.push({
        line: Number(error?.['lines'] ?? 0),
        unreadable: error?.message ?? 'not CSV',
      });
      return undefined;
    },
  });
  // What goes wrong on either side ends the loop below.
  void pipeline(text, parser).catch(() => undefined);
  for await (const { record, info } of parser as AsyncIterable<{ record: Cells; info: Info }>) {
    checkHeader(header, needed);
    yield* skipped.splice(0);
    yield { line: info.lines, content: record };
  }
  checkHeader(header, needed);
  yield* skipped;
}

function checkHeader(header: readonly string[] | undefined, needed: readonly string[]): void {
  if (header === undefined) throw new AppError('invalid', 'the file has no header row');
  const missing = needed.filter((name) => !header.includes(name));
  if (missing.length > 0)
    throw new AppError(
      'invalid',
      `the file has no column ${missing.map((m) => JSON.stringify(m)).join(', ')}; it has ${header.map((h) => JSON.stringify(h)).join(', ')}`,
    );
}
