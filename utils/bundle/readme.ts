import type { Fingerprints } from '../custody/proofs'
import type { WordKey, Words } from '../words/translate'
import { notProvedIds } from './verification'

const checks = [
  ['readme.checkDigests', 'sha256sum -c manifest-sha256.txt'],
  ['readme.checkTags', 'sha256sum -c tagmanifest-sha256.txt'],
  ['readme.checkEncrypted', 'age -d -o bundle.zip bundle.zip.age'],
  ['readme.checkVerifier', 'npm run --silent verify -- bundle.zip'],
] as const satisfies readonly (readonly [WordKey, string])[]

const contents = [
  ['data/report/report.html', 'readme.fileReport'],
  ['data/report/*/submission.txt', 'readme.fileSubmission'],
  ['data/items/*/item.json', 'readme.fileItem'],
  ['data/items/*/screenshot.png', 'readme.filePictures'],
  ['data/items/*/post.html.txt', 'readme.fileMarkup'],
  ['data/items/*/assessment.json', 'readme.fileAssessment'],
  ['data/items/*/redacted.json', 'readme.fileRedacted'],
  ['data/case.json', 'readme.fileCase'],
  ['data/wacz/', 'readme.fileArchive'],
  ['data/earlier/', 'readme.fileEarlier'],
  ['proof/', 'readme.fileProof'],
] as const satisfies readonly (readonly [string, WordKey])[]

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
export function writeReadme(words: Words, fingerprints: Fingerprints | null): string {
  const lines = [
    words.t('readme.title'),
    '',
    words.t('readme.what'),
    words.t('readme.care'),
    '',
    words.t('readme.contentsTitle'),
    ...contents.flatMap(([path, key]) => ['', `    ${path}`, words.t(key)]),
    '',
    words.t('readme.checkTitle'),
    ...checks.flatMap(([key, command]) => ['', words.t(key), `    ${command}`]),
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
