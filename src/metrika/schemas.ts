/** What the answers of the service hold; only the id of an upload can be relied on. */
import * as z from 'zod/mini';

/** An int64, with every digit, as decimal digits. */
const int64 = z.pipe(
  z.union([z.int(), z.bigint(), z.string().check(z.regex(/^-?\d{1,19}$/))]),
  z.transform((id) => String(id)),
);

const quantity = z.catch(
  z.nullish(z.pipe(z.union([z.number(), z.bigint()]), z.transform(Number))),
  undefined,
);
const text = z.catch(z.nullish(z.string()), undefined);

const knownFields = z.object({
  id: int64,
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
 * One upload of calls. Only the id can be relied on; everything that the service sent beside the
 * known fields is kept in `asSent`.
 *
 * @see https://yandex.com/dev/metrika/en/management/openapi/calls/findCallUploadingById
 */
export interface CallUploading {
  /** Decimal digits of the int64. */
  readonly id: string;
  /** A date-time, as the service wrote it. */
  readonly createTime: string | undefined;
  /** Lines in the file. */
  readonly sourceQuantity: number | undefined;
  /** Lines that passed the service's validation. */
  readonly lineQuantity: number | undefined;
  readonly comment: string | undefined;
  readonly clientIdType: string | undefined;
  readonly status: string | undefined;
  readonly staticCallsQuantity: number | undefined;
  readonly dynamicCallsQuantity: number | undefined;
  /** Rows that were linked to a visitor. */
  readonly linkedQuantity: number | undefined;
  readonly userNotFoundQuantity: number | undefined;
  readonly goalNotFoundQuantity: number | undefined;
  /** Every field of the answer, numbers with all their digits. */
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

/** The service's own words about a refusal. */
export interface ServiceError {
  readonly errorType: string | undefined;
  readonly message: string | undefined;
  readonly location: string | undefined;
}

/** @returns the upload of an answer, or `undefined` when the answer holds none */
export function readUploading(answer: unknown): CallUploading | undefined {
  const parsed = uploadingAnswer.safeParse(answer);
  return parsed.success ? parsed.data.uploading : undefined;
}

/**
 * @returns the uploads of an answer and how many entries had no usable id, or `undefined` when it
 *   is no such answer
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

/** @returns what the service said, or `undefined` when the answer is not in its error form */
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
