/** HTML out of text that may come from anywhere: only this file makes markup, and text never becomes any. */
import { visible } from '../safe-text/visible.ts';

/** HTML that is safe to put into a page. */
export class Markup {
  readonly #html: string;

  private constructor(html: string) {
    this.#html = html;
  }

  toString(): string {
    return this.#html;
  }

  /** @param html is known to hold nothing from outside */
  static trusted(html: string): Markup {
    return new Markup(html);
  }
}

/** What may stand in a template: text, numbers, markup, lists of these, and nothing. */
export type Part = string | number | Markup | undefined | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML shows it, in an element or between quotes of an attribute; what nobody sees is written out. */
export function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Makes markup: what stands in the template is HTML, what is put into it is text, unless it is markup already. */
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
