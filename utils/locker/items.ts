import type { Bytes } from '../crypto/bytes'
import type { Item, ItemSummary, OpenedItem, Part } from '../model/item'
import type { Outcome } from '../model/problem'
import type { OpenLocker } from './keyring'

/** One item as it rests: nothing in it can be read without the locker's private half. */
export type SealedItem = {
  id: string
  header: Bytes
  sealedKey: Bytes
  meta: Bytes
  blobs: { id: string; bytes: Bytes }[]
}

/** Seals an item to the locker's public half; needs no secret. */
export async function sealItem(_: {
  item: Item
  parts: readonly Part[]
  recipient: string
  lockerId: string
  epoch?: number
}): Promise<SealedItem> {
  throw new Error('Being built')
}

/** Stores a sealed item whole or not at all; resolves when the database has confirmed it. */
export async function keepItem(_: SealedItem): Promise<Outcome<{ id: string }>> {
  throw new Error('Being built')
}

/** Moves what was sealed while locked to the locker's own key. */
export async function ingestItems(_: OpenLocker): Promise<{ ingested: number; damaged: string[] }> {
  throw new Error('Being built')
}

/** Every item that is not in the bin, newest capture first. Ingests first. */
export async function listItems(_: OpenLocker): Promise<{ items: ItemSummary[]; damaged: string[] }> {
  throw new Error('Being built')
}

/** Every item in the bin, newest capture first. */
export async function listBinnedItems(_: OpenLocker): Promise<{ items: ItemSummary[]; damaged: string[] }> {
  throw new Error('Being built')
}

/** One item whole, every part checked against its digest. */
export async function openItem(_open: OpenLocker, _id: string): Promise<Outcome<OpenedItem>> {
  throw new Error('Being built')
}

/** One part of an item, checked against its digest. */
export async function openPart(_open: OpenLocker, _id: string, _partName: string): Promise<Outcome<Part>> {
  throw new Error('Being built')
}

/** Moves an item to the bin. */
export async function binItem(_open: OpenLocker, _id: string): Promise<Outcome<{ id: string }>> {
  throw new Error('Being built')
}

/** Takes an item out of the bin. */
export async function restoreItem(_open: OpenLocker, _id: string): Promise<Outcome<{ id: string }>> {
  throw new Error('Being built')
}

/** Removes an item with its parts and assessments. */
export async function deleteItem(_open: OpenLocker, _id: string): Promise<Outcome<{ id: string }>> {
  throw new Error('Being built')
}

/** How many items wait to be ingested and how many are in. Works while locked. */
export async function countItems(): Promise<{ inbox: number; records: number }> {
  throw new Error('Being built')
}

/** Calls the listener after each change in the locker, by any page. Gives the function that stops it. */
export function watchItems(_: () => void): () => void {
  throw new Error('Being built')
}

/**
 * Takes a capture back that was just made (the "Undo" beside a mark): removes the item whether it waits in the
 * inbox or is ingested, with its parts and assessments. Needs no key, so it works while locked.
 */
export async function withdrawItem(_id: string): Promise<Outcome<{ id: string }>> {
  throw new Error('Being built')
}
