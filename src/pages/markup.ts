/**
 * Builds HTML from untrusted text. All pages use `markup`, which escapes each text. So text cannot
 * become markup.
 */
import { visible } from '../safe-text/visible.ts';
import { ownValue } from '../words/own-value.ts';

/** HTML that is safe to include in a page. */
export class Markup {
  readonly #html: string;

  private constructor(html: string) {
    this.#html = html;
  }

  toString(): string {
    return this.#html;
  }

  /**
   * Creates markup from trusted HTML.
   *
   * @param html HTML without any untrusted text
   */
  static trusted(html: string): Markup {
    return new Markup(html);
  }
}

/**
 * A value in a template: text, a number, markup, or a list of such values. `undefined` adds
 * nothing.
 */
export type Part = string | number | Markup | undefined | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for an element or a quoted attribute, and makes invisible characters visible. */
export function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ownValue(ENTITIES, character) ?? '');
}

/** Creates markup from a template of HTML. Inserted values are escaped, unless they are markup. */
export function markup(template: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let html = template[0] ?? '';
  for (const [at, part] of parts.entries()) html += written(part) + (template[at + 1] ?? '');
  return Markup.trusted(html);
}

function written(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return part instanceof Markup ? part.toString() : part.map(written).join('');
}
