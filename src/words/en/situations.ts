/** English: situations after an upload, and what to do, for `explain`. */
import { once } from '../entries.ts';

/** The texts about one situation. */
export interface Situation {
  readonly title: string;
  readonly meaning: string;
  readonly hint: string;
}

/** The situations by their code. */
export const situations = once(
  () =>
    ({
      'sent-wrong': {
        title: 'Something wrong was sent',
        meaning:
          'The documented API has no method that deletes calls. One thing is known: if the same row is sent again with another price, the new price replaces the old one. By which columns the service recognizes a row is not known. So nobody knows whether a row with another time, another identifier or another phone number replaces the old call, or becomes a second call. The same file twice: the rows are the same, so they should replace each other. A wrong time zone: with corrected times the file is another content, for this program too, and the calls with the wrong times may stay beside the new ones. The wrong file: its calls stay. The wrong counter: its calls stay there, and the right counter does not have them. Another --part-size cuts the file in other places, so its parts are another content as well.',
        hint: 'Note the id of the upload: metrika-calls list shows it. Send a small file with one corrected call, and look on the next day whether the reports show this call once or twice. Send the rest only then. After a wrong counter, send the file to the right counter. Yandex support can say what becomes of an upload; it needs the number of the counter and the id.',
      },
    }) as const satisfies Readonly<Record<string, Situation>>,
);

/** The code of a situation. */
export type SituationCode = keyof ReturnType<typeof situations>;
