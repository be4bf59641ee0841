/** Reads the XML of a workbook's parts, as events, in bounded memory. */
import { UnreadableFile } from '../files/unreadable-file.ts';

/** The attributes of an element by their names as they are written. */
export type Attributes = Readonly<Record<string, string>>;

/** Is called with what is read, in its order. Names come without the prefix of their namespace. */
export interface XmlHandler {
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  text(text: string): void;
}

/** No part of a workbook has elements within elements to this depth. */
const DEEPEST = 64;

/** No element, comment or text of a workbook is longer, in bytes. */
const LONGEST = 4 * 1024 * 1024;

/** One part that is being read. */
export interface XmlReader {
  /** @param block the next bytes, of any length */
  push(block: Uint8Array): void;
  /** @throws UnreadableFile when the part is not over */
  end(): void;
}

/**
 * @param part its name, for what goes wrong
 * @throws UnreadableFile `workbook-damaged` where it is no XML, has a document type, or goes beyond a bound
 */
export async function xmlReader(part: string, handler: XmlHandler): Promise<XmlReader> {
  const { SaxesParser } = await import('saxes');
  const parser = new SaxesParser({ xmlns: false, position: false });
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let depth = 0;
  let events = 0;
  let quiet = 0;
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
  // It could define words that stand for others, without end.
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
        quiet = events === 0 ? quiet + block.length : 0;
        if (quiet > LONGEST) throw damaged();
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

/** Reads a part that is short, as all but sheets and strings are. */
export async function readXml(
  bytes: AsyncIterable<Uint8Array>,
  part: string,
  handler: XmlHandler,
): Promise<void> {
  const reader = await xmlReader(part, handler);
  for await (const block of bytes) reader.push(block);
  reader.end();
}

/** @returns the value of an attribute, whatever the prefix of its namespace */
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
