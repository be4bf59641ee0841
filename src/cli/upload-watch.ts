import type { PortionName } from '../upload/portions.ts';
import type { PortionWatcher } from '../upload/send-portion.ts';
import type { UploadSettings, UploadWatcher } from '../upload/upload-file.ts';
import { retryLine } from './connection.ts';
import type { Output } from './output.ts';
import type { Track } from './progress.ts';
import { resultName } from './render/upload-result.ts';
import { renderCounts } from './render/findings.ts';
import { withoutControls } from './terminal.ts';
import { byteSize, counted } from './words.ts';

/**
 * Says how the upload of one file gets on.
 *
 * @param file the file as the user named it
 * @param onChecked is told when its check is over
 */
export function uploadWatcher(
  file: string,
  settings: Pick<UploadSettings, 'counter' | 'rejectsPath' | 'dryRun'>,
  track: Track,
  output: Output,
  onChecked: () => void,
): UploadWatcher {
  const { counter, rejectsPath: rejects, dryRun } = settings;
  const name = resultName({ file, portion: undefined });
  return {
    checking: (total) => {
      track.step(`${name}: checking ${byteSize(total)}`);
    },
    checked: (validation, rows) => {
      onChecked();
      track.step(`${name}: ${counted(rows, 'call')}, ${renderCounts(validation)}`);
    },
    leftOut: (records) => {
      const kept =
        rejects === undefined ? '; --rejects keeps them' : `, kept in ${withoutControls(rejects)}`;
      const left = dryRun ? 'would be left out' : 'left out';
      output.say(`${name}: ${counted(records, 'call')} with errors ${left}${kept}`);
    },
    divided: (portions) => {
      output.say(`${name}: goes as ${portionsInWords(portions)}`);
    },
    portion: (portion) => portionWatcher(resultName({ file, portion }), counter, track, output),
  };
}

/** Such as `3 parts`, or `4 uploadings: ClientId in 3 parts, Yclid`. */
function portionsInWords(portions: readonly PortionName[]): string {
  const parts = new Map(portions.map(({ identifier, part }) => [identifier, part?.of ?? 1]));
  const names = [...parts].map(([identifier, of]) => {
    if (identifier === undefined) return counted(of, 'part');
    return of === 1 ? identifier : `${identifier} in ${counted(of, 'part')}`;
  });
  return parts.has(undefined)
    ? names.join(', ')
    : `${counted(portions.length, 'uploading')}: ${names.join(', ')}`;
}

function portionWatcher(
  name: string,
  counter: number,
  track: Track,
  output: Output,
): PortionWatcher {
  let last = '';
  const stepTo = (text: string): void => {
    // Portions take turns on one track, so each knows by itself what is no news.
    if (text === last) return;
    last = text;
    track.step(text);
  };
  return {
    sending: (attempt, total) => {
      const again = attempt > 1 ? `, attempt ${String(attempt)}` : '';
      stepTo(`${name}: sending ${byteSize(total)} to counter ${String(counter)}${again}`);
    },
    transferred: (bytes, total) => {
      track.transferred(bytes, total);
    },
    retrying: (notice) => {
      output.say(retryLine(notice));
    },
    looking: (failure) => {
      output.say(withoutControls(failure.message));
      stepTo(`${name}: looking whether it arrived`);
    },
    adopted: (uploading) => {
      output.say(`${name}: it did arrive, as uploading ${uploading.id}`);
    },
    existing: (uploading) => {
      output.say(
        `${name}: the counter has this content already, as uploading ${uploading.id}; not sent again`,
      );
    },
    twins: (uploading, others) => {
      const ids = [uploading, ...others].map(({ id }) => id).join(', ');
      output.complain(
        `${name}: another run sent the same content at the same time; the uploadings are ${ids}`,
      );
    },
    uploaded: (uploading) => {
      stepTo(`${name}: uploading ${uploading.id}, status ${uploading.status ?? 'unknown'}`);
    },
    waiting: (uploading) => {
      stepTo(`${name}: uploading ${uploading.id}, status ${uploading.status ?? 'unknown'}`);
    },
  };
}
