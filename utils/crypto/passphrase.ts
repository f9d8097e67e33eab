import type { Bytes } from './bytes'

/** What Argon2id (RFC 9106) costs, and its salt. */
export type SlotParams = { memoryKib: number; passes: number; lanes: number; salt: Bytes }

/** Six words from the EFF large list, 77.5 bits. */
export function generatePassphrase(): string {
  throw new Error('Being built')
}

/** How hard a passphrase is to guess. */
export function strengthOf(_: string): { bits: number; isEnough: boolean } {
  throw new Error('Being built')
}

/** The 32-byte key of a slot. */
export async function deriveSlotKey(_passphrase: string, _params: SlotParams): Promise<Bytes> {
  throw new Error('Being built')
}
