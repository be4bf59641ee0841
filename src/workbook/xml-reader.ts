/** Reads the XML of a workbook's parts as events, in bounded memory. */
import { UnreadableFile } from '../files/unreadable-file.ts';
import { ownValue } from '../words/own-value.ts';

/** The attributes of an element. Their names include the namespace prefix. */
export type Attributes = Readonly<Record<string, string>>;

/**
 * Receives events in the order of the file. Element names come without a namespace prefix.
 *
 * The handler never sees extension lists, and never sees content that needs an extension. The
 * elements in both belong to other programs. But many of these elements have the same names as
 * elements of a workbook. Follows ECMA-376, part 1, 18.2.7, and part 3, 7.5.
 */
export interface XmlHandler {
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  text(text: string): void;
}

const LESS = 0x3c;

/** Elements whose content belongs to an extension. */
const OF_EXTENSIONS: ReadonlySet<string> = new Set(['extLst', 'Choice']);

/** The maximum nesting depth of elements. */
const DEEPEST = 64;

/** The maximum length of a tag, a comment or a text, in bytes. */
const LONGEST = 4 * 1024 * 1024;

/** The reader of one part. */
export interface XmlReader {
  /** @param block the next bytes, of any length */
  push(block: Uint8Array): void;
  /** Whether the part is in UTF-8. The first block decides. */
  readonly isUtf8: boolean;
  /** @throws UnreadableFile if the part is incomplete */
  end(): void;
}

/**
 * Creates a reader. The methods of the reader throw UnreadableFile `workbook-damaged` if the part
 * is not XML, has a document type, or exceeds a limit.
 *
 * @param part the name of the part, for errors
 */
export async function xmlReader(part: string, handler: XmlHandler): Promise<XmlReader> {
  const { SaxesParser } = await import('saxes');
  const parser = new SaxesParser({ xmlns: false, position: false });
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let encoding = 'utf-8';
  let depth = 0;
  /** The depth of the outermost element that the handler does not see; 0 if there is none. */
  let hiddenFrom = 0;
  let events = 0;
  let bytesWithoutEvent = 0;
  const damaged = (): UnreadableFile => new UnreadableFile('workbook-damaged', { part });
  parser.on('opentag', ({ name, attributes }) => {
    events += 1;
    depth += 1;
    if (depth > DEEPEST) throw damaged();
    const local = localName(name);
    if (hiddenFrom === 0 && OF_EXTENSIONS.has(local)) hiddenFrom = depth;
    if (hiddenFrom === 0) handler.open(local, attributes);
  });
  parser.on('closetag', ({ name }) => {
    events += 1;
    if (hiddenFrom === 0) handler.close(localName(name));
    if (hiddenFrom === depth) hiddenFrom = 0;
    depth -= 1;
  });
  const onText = (text: string): void => {
    events += 1;
    if (hiddenFrom === 0) handler.text(text);
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  // A document type could define entities that expand to huge texts.
  parser.on('doctype', () => {
    throw damaged();
  });

  function guarded(use: () => void): void {
    try {
      use();
    } catch (error) {
      throw error instanceof UnreadableFile ? error : damaged();
    }
  }

  return {
    get isUtf8() {
      return encoding === 'utf-8';
    },
    push: (block) => {
      guarded(() => {
        if (decoder === undefined) {
          encoding = encodingOf(block);
          decoder = new TextDecoder(encoding, { fatal: true });
        }
        events = 0;
        parser.write(decoder.decode(block, { stream: true }));
        bytesWithoutEvent = events === 0 ? bytesWithoutEvent + block.length : 0;
        if (bytesWithoutEvent > LONGEST) throw damaged();
      });
    },
    end: () => {
      guarded(() => {
        parser.write(decoder?.decode() ?? '');
        parser.close();
      });
    },
  };
}

/** Reads a complete part, and passes all of its events to the handler. */
export async function readXml(
  bytes: AsyncIterable<Uint8Array>,
  part: string,
  handler: XmlHandler,
): Promise<void> {
  const reader = await xmlReader(part, handler);
  for await (const block of bytes) reader.push(block);
  reader.end();
}

/** @returns the value of an attribute, whether or not its name has a namespace prefix */
export function attribute(attributes: Attributes, name: string): string | undefined {
  const own = ownValue(attributes, name);
  if (own !== undefined) return own;
  const prefixed = Object.keys(attributes).find((key) => key.endsWith(`:${name}`));
  return prefixed === undefined ? undefined : ownValue(attributes, prefixed);
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/**
 * Returns the encoding of a part: UTF-8, or UTF-16 with or without a byte-order mark. Workbooks
 * have no other encodings. Follows ECMA-376, part 2, 7.2.3.
 */
function encodingOf(head: Uint8Array): string {
  const [first, second] = head;
  if ((first === 0xff && second === 0xfe) || (first === LESS && second === 0)) return 'utf-16le';
  const isBigEndian = (first === 0xfe && second === 0xff) || (first === 0 && second === LESS);
  return isBigEndian ? 'utf-16be' : 'utf-8';
}
