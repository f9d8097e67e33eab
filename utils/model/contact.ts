import { randomId, utcTime, z } from './schema'

/**
 * Somebody in the address book: whom files can be encrypted to. Only the person puts anybody in; what is known of
 * helplines from elsewhere has no keys.
 */
export const Contact = z.strictObject({
  id: randomId,
  name: z.string().min(1).max(100),
  note: z.string().max(1_000),
  addedAt: utcTime,
  changedAt: utcTime,
  keys: z
    .array(
      z.strictObject({
        /** An age recipient: the public half. */
        recipient: z.string().max(4_000),
        /** When the person said that she compared its words with the owner another way; null while she did not. */
        comparedAt: utcTime.nullable(),
      }),
    )
    .min(1)
    .max(50),
})
export type Contact = z.infer<typeof Contact>
