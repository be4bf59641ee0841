/** Recognizes other formats by the beginning of the text. */
import type { NotCsv } from '../words/en/file-problems.ts';

/** The number of characters to examine. */
const EXAMINED_CHARACTERS = 4096;

/**
 * Recognizes the kind of a file that is not a CSV.
 *
 * @param head the beginning of the file as text
 * @returns `undefined` if the file may be a CSV
 */
export function notCsvKind(head: string): NotCsv | undefined {
  const text = head.slice(0, EXAMINED_CHARACTERS).trimStart();
  if (text.startsWith('<')) return markupKind(text.toLowerCase());
  if (!/^(?:\{\s*["}]|\[\s*(?:[{[]|\]\s*$|"[^"]*"\s*[,\]]))/.test(text)) return undefined;
  if (/^\{[^{}]*"(?:url"\s*:\s*"https:\/\/docs\.google\.com|doc_id")/.test(text))
    return 'google-link';
  const [first = '', second = ''] = text.split(/\r\n|\r|\n/, 2);
  return isObject(first) && second.trimStart().startsWith('{') ? 'json-lines' : 'json';
}

function markupKind(text: string): NotCsv | undefined {
  if (text.startsWith('<?xml') || text.startsWith('<workbook')) {
    if (/urn:schemas-microsoft-com:office:spreadsheet|<workbook\b/.test(text))
      return 'workbook-xml';
    return /<html\b/.test(text) ? 'html' : 'xml';
  }
  if (/^<(?:!doctype html|html|head|body|table|meta|style|script|!--)/.test(text)) return 'html';
  if (/^<(?:div|p|br|span|center|font|title|form|h[1-6])[\s/>]/.test(text)) return 'html';
  return /^<[a-z][\w.-]*(?:\s[^>]*)?>\s*</.test(text) ? 'xml' : undefined;
}

function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
