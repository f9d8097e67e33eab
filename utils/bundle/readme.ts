import type { Fingerprints } from '../custody/proofs'
import type { WordKey, Words } from '../words/translate'
import { notProvedIds } from './verification'

const checks = [
  ['readme.checkDigests', 'sha256sum -c manifest-sha256.txt'],
  ['readme.checkTags', 'sha256sum -c tagmanifest-sha256.txt'],
  ['readme.checkEncrypted', 'age -d -o bundle.zip bundle.zip.age'],
  ['readme.checkVerifier', 'npm run --silent verify -- bundle.zip'],
] as const satisfies readonly (readonly [WordKey, string])[]

type Line = readonly [path: string, about: WordKey]

const report = [
  ['data/report/report.html', 'readme.fileReport'],
  ['data/report/*/submission.txt', 'readme.fileSubmission'],
  ['data/report/*/attachments/', 'readme.fileAttachments'],
] as const satisfies readonly Line[]

const wholeItems = [
  ['data/items/*/item.json', 'readme.fileItem'],
  ['data/items/*/screenshot.png', 'readme.filePictures'],
  ['data/items/*/post.html.txt', 'readme.fileMarkup'],
  ['data/items/*/assessment.json', 'readme.fileAssessment'],
] as const satisfies readonly Line[]

const copies = [
  ['data/items/*/redacted.json', 'readme.fileCopy'],
  ['data/items/*/*.png', 'readme.fileCopyPictures'],
] as const satisfies readonly Line[]

const chosen = ['data/case.json', 'readme.fileCase'] as const satisfies Line
const archive = ['data/wacz/', 'readme.fileArchive'] as const satisfies Line
const earlier = ['data/earlier/', 'readme.fileEarlier'] as const satisfies Line
const proof = ['proof/', 'readme.fileProof'] as const satisfies Line

/** How many of the items of a bundle are redacted copies. */
export type RedactedShare = 'all' | 'some' | 'none'

/** Only what can be there: neither the files of whole items nor archives beside copies alone. */
const contents: Readonly<Record<RedactedShare, readonly Line[]>> = {
  all: [...report, ...copies, chosen, earlier, proof],
  some: [
    ...report,
    ...wholeItems,
    ['data/items/*/redacted.json', 'readme.fileRedacted'],
    chosen,
    earlier,
    proof,
  ],
  none: [...report, ...wholeItems, chosen, archive, earlier, proof],
}

const checkWhole = [
  'readme.checkWhole',
  'npm run --silent verify -- --whole whole.zip bundle.zip',
] as const satisfies readonly [WordKey, string]

/** Who signed, to be compared by another way; nothing in a bundle without a signature. */
function signature(fingerprints: Fingerprints | null, words: Words): string[] {
  if (!fingerprints) return []
  return [
    words.t('readme.signatureTitle'),
    '',
    words.t('readme.signature'),
    `    ${fingerprints.key}`,
    ...(fingerprints.before.length > 0 ? [words.t('readme.keyBefore')] : []),
    ...fingerprints.before.map((before) => `    ${before}`),
    words.t('readme.checkpoint'),
    `    ${fingerprints.checkpoint}`,
    '',
  ]
}

/**
 * The text of `README.txt`: what this is, how to check it by hand, who signed it, what it does not prove. In
 * `words`.
 */
export function writeReadme(
  words: Words,
  { fingerprints, redacted }: { fingerprints: Fingerprints | null; redacted: RedactedShare },
): string {
  const all = redacted === 'none' ? checks : [...checks, checkWhole]
  const lines = [
    words.t('readme.title'),
    '',
    words.t('readme.what'),
    words.t('readme.care'),
    '',
    words.t('readme.contentsTitle'),
    ...contents[redacted].flatMap(([path, key]) => ['', `    ${path}`, words.t(key)]),
    '',
    words.t('readme.checkTitle'),
    ...all.flatMap(([key, command]) => ['', words.t(key), `    ${command}`]),
    '',
    words.t('readme.format'),
    '',
    ...signature(fingerprints, words),
    words.t('readme.absent'),
    '',
    words.t('readme.notProvedTitle'),
    '',
    ...notProvedIds.map((id) => `- ${words.t(`verify.notProved.${id}`)}`),
    '',
  ]
  return lines.join('\n')
}
