/** Reads the XML of a workbook's parts as events, in bounded memory. */
import { UnreadableFile } from '../files/unreadable-file.ts';

/** The attributes of an element. Their names include the namespace prefix. */
export type Attributes = Readonly<Record<string, string>>;

/** Receives events in the order of the file. Element names come without a namespace prefix. */
export interface XmlHandler {
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  text(text: string): void;
}

/** The maximum nesting depth of elements. */
const DEEPEST = 64;

/** The maximum length of an element, comment or text, in bytes. */
const LONGEST = 4 * 1024 * 1024;

/** The reader of one part. */
export interface XmlReader {
  /** @param block the next bytes, of any length */
  push(block: Uint8Array): void;
  /** @throws UnreadableFile if the part is incomplete */
  end(): void;
}

/**
 * @param part the name of the part, for errors
 * @throws UnreadableFile `workbook-damaged` if the part is not XML, has a document type, or exceeds
 *   a limit
 */
export async function xmlReader(part: string, handler: XmlHandler): Promise<XmlReader> {
  const { SaxesParser } = await import('saxes');
  const parser = new SaxesParser({ xmlns: false, position: false });
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let depth = 0;
  let events = 0;
  let bytesWithoutEvent = 0;
  const damaged = (): UnreadableFile => new UnreadableFile('workbook-damaged', { part });
  parser.on('opentag', ({ name, attributes }) => {
    events += 1;
    depth += 1;
    if (depth > DEEPEST) throw damaged();
    handler.open(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    events += 1;
    depth -= 1;
    handler.close(localName(name));
  });
  parser.on('text', (text) => {
    events += 1;
    handler.text(text);
  });
  parser.on('cdata', (text) => {
    events += 1;
    handler.text(text);
  });
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
    push: (block) => {
      guarded(() => {
        decoder ??= new TextDecoder(encodingOf(block), { fatal: true });
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

/** Reads a short part: any part except sheets and shared strings. */
export async function readXml(
  bytes: AsyncIterable<Uint8Array>,
  part: string,
  handler: XmlHandler,
): Promise<void> {
  const reader = await xmlReader(part, handler);
  for await (const block of bytes) reader.push(block);
  reader.end();
}

/** @returns the value of an attribute, with or without a namespace prefix */
export function attribute(attributes: Attributes, name: string): string | undefined {
  const own = attributes[name];
  if (own !== undefined) return own;
  const prefixed = Object.keys(attributes).find((key) => key.endsWith(`:${name}`));
  return prefixed === undefined ? undefined : attributes[prefixed];
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

function encodingOf(head: Uint8Array): string {
  const [first, second] = head;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
