import type { DatasetChoices } from './choices'

/** Words that the person typed and a document prints. */
export type TypedWord = { place: string; column: string; text: string }

/** Everything typed that leaves with the dataset, and where it would be printed. */
export function typedWords(choices: DatasetChoices): TypedWord[] {
  return [
    { place: 'DATASHEET.md', column: 'purpose', text: choices.purpose },
    { place: 'DATASHEET.md', column: 'recipient', text: choices.recipient },
    { place: 'METHODS.md', column: 'reason', text: choices.reason },
  ]
}
