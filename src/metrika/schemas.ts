/** Reads answers of the service. Any field except the id of an upload may be missing or invalid. */
import * as z from 'zod/mini';
import { LARGEST_ID } from '../limits.ts';

/**
 * Reads the id of an upload. The id is a positive int64. It is read as decimal digits, so that no
 * digit is lost.
 */
const uploadId = z
  .pipe(
    z.union([z.int(), z.bigint(), z.string().check(z.regex(/^[1-9]\d{0,18}$/))]),
    z.transform((id) => String(id)),
  )
  .check(z.refine((id) => /^[1-9]\d{0,18}$/.test(id) && BigInt(id) <= LARGEST_ID));

/** Reads a count. A value that cannot be a count is treated as missing. */
const quantity = z.catch(
  z.nullish(
    z.pipe(z.union([z.int(), z.bigint()]), z.transform(Number)).check(z.refine((one) => one >= 0)),
  ),
  undefined,
);
const text = z.catch(z.nullish(z.string()), undefined);

const knownFields = z.object({
  id: uploadId,
  create_time: text,
  source_quantity: quantity,
  line_quantity: quantity,
  comment: text,
  client_id_type: text,
  status: text,
  static_calls_quantity: quantity,
  dynamic_calls_quantity: quantity,
  linked_quantity: quantity,
  user_not_found_quantity: quantity,
  goal_not_found_quantity: quantity,
});

/**
 * One upload of calls. The id is always present. `asSent` also has the fields that are not listed
 * here.
 *
 * @see https://yandex.com/dev/metrika/en/management/openapi/calls/findCallUploadingById
 */
export interface CallUploading {
  /** The int64 id as decimal digits. */
  readonly id: string;
  /** The date and time in the service's own form. */
  readonly createTime: string | undefined;
  /** The number of records in the file. The service calls a record a line. */
  readonly sourceQuantity: number | undefined;
  /** The number of records that passed the service's validation. */
  readonly lineQuantity: number | undefined;
  readonly comment: string | undefined;
  readonly clientIdType: string | undefined;
  readonly status: string | undefined;
  readonly staticCallsQuantity: number | undefined;
  readonly dynamicCallsQuantity: number | undefined;
  /** The number of records that were linked to a visitor. */
  readonly linkedQuantity: number | undefined;
  readonly userNotFoundQuantity: number | undefined;
  readonly goalNotFoundQuantity: number | undefined;
  /** All fields of the answer. Numbers have all their digits. */
  readonly asSent: Readonly<Record<string, unknown>>;
}

const callUploading = z.pipe(
  z.record(z.string(), z.unknown()),
  z.transform((asSent, context): CallUploading => {
    const parsed = knownFields.safeParse(asSent);
    if (!parsed.success) {
      context.issues.push({
        code: 'custom',
        input: asSent,
        message: 'an upload without a usable id',
      });
      return z.NEVER;
    }
    const known = parsed.data;
    return {
      id: known.id,
      createTime: known.create_time ?? undefined,
      sourceQuantity: known.source_quantity ?? undefined,
      lineQuantity: known.line_quantity ?? undefined,
      comment: known.comment ?? undefined,
      clientIdType: known.client_id_type ?? undefined,
      status: known.status ?? undefined,
      staticCallsQuantity: known.static_calls_quantity ?? undefined,
      dynamicCallsQuantity: known.dynamic_calls_quantity ?? undefined,
      linkedQuantity: known.linked_quantity ?? undefined,
      userNotFoundQuantity: known.user_not_found_quantity ?? undefined,
      goalNotFoundQuantity: known.goal_not_found_quantity ?? undefined,
      asSent,
    };
  }),
);

const uploadingAnswer = z.object({ uploading: callUploading });
const uploadingsAnswer = z.object({ uploadings: z.array(z.unknown()) });

const errorAnswer = z.object({
  errors: z.catch(
    z.nullish(z.array(z.object({ error_type: text, message: text, location: text }))),
    undefined,
  ),
  message: text,
});

/** The service's explanation of a refusal. */
export interface ServiceError {
  readonly errorType: string | undefined;
  readonly message: string | undefined;
  readonly location: string | undefined;
}

/**
 * @returns the upload in an answer, or `undefined` when the answer has no upload with a usable id
 */
export function readUploading(answer: unknown): CallUploading | undefined {
  const parsed = uploadingAnswer.safeParse(answer);
  return parsed.success ? parsed.data.uploading : undefined;
}

/**
 * @returns the uploads in an answer and the number of entries without a usable id; `undefined` when
 *   the answer has no list of uploads
 */
export function readUploadings(
  answer: unknown,
): { readonly uploadings: CallUploading[]; readonly unreadable: number } | undefined {
  const parsed = uploadingsAnswer.safeParse(answer);
  if (!parsed.success) return undefined;
  const entries = parsed.data.uploadings.map((entry) => callUploading.safeParse(entry));
  const uploadings = entries.flatMap((entry) => (entry.success ? [entry.data] : []));
  return { uploadings, unreadable: entries.length - uploadings.length };
}

/** @returns the error in an answer, or `undefined` when the answer is not in the error format */
export function readServiceError(answer: unknown): ServiceError | undefined {
  const parsed = errorAnswer.safeParse(answer);
  if (!parsed.success) return undefined;
  const errors = parsed.data.errors ?? [];
  const messages = errors.flatMap(({ message }) => message ?? []);
  const message = messages.length > 0 ? messages.join('; ') : (parsed.data.message ?? undefined);
  const errorType = errors[0]?.error_type ?? undefined;
  if (message === undefined && errorType === undefined) return undefined;
  return { errorType, message, location: errors[0]?.location ?? undefined };
}
