import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../shell'
import { wordsIn } from './words'

/** What belongs to the markup and to the platform, not to a person: it may stand in a fixture as it is. */
export type Vocabulary = {
  /** Whole tokens of the reader's own selectors and patterns: `tweetText`, `UserAvatar-Container-`, `status`. */
  tokens: ReadonlySet<string>
  /** The single words in them and those of the list below, in lower case. */
  words: ReadonlySet<string>
  /** Values that the reader looks for within an attribute: `d` → `M21.15 6.232`. */
  values: ReadonlyMap<string, readonly string[]>
}

/** Words of HTML, ARIA, addresses and linked data that any page may have. Never a word that names someone. */
const markupWords = (
  'http https www html com org net example data image video audio jpg jpeg png gif webp svg xml mp4 webm name' +
  ' format small large medium normal bigger orig thumb alert alertdialog application article banner blockquote' +
  ' button caption cell checkbox code columnheader combobox complementary contentinfo dialog directory document' +
  ' emphasis feed figure form grid gridcell group heading img link list listbox listitem log main marquee math' +
  ' menu menubar menuitem menuitemcheckbox menuitemradio meter navigation none note option paragraph presentation' +
  ' progressbar radio radiogroup region row rowgroup rowheader scrollbar search searchbox separator slider' +
  ' spinbutton status strong subscript superscript switch tab table tablist tabpanel term textbox time timer' +
  ' toolbar tooltip tree treegrid treeitem true false mixed polite assertive off both inline page step location' +
  ' date copy move popup ascending descending other submit reset text password email number hidden auto ltr rtl' +
  ' noopener noreferrer nofollow ugc canonical alternate blank self parent top charset utf viewport generator' +
  ' property title description type url author content hans hant latn cyrl schema context graph' +
  ' discussionforumposting socialmediaposting comment person organization website webpage profilepage imageobject' +
  ' videoobject breadcrumblist interactioncounter jan feb mar apr may jun jul aug sep sept oct nov dec january' +
  ' february march april june july august september october november december mon tue wed thu fri sat sun utc' +
  ' gmt blob json'
).split(' ')

const notSelectors = new Set(['ages', 'short-ages', 'times', 'dom', 'index', 'bounds'])

function sourcesOf(platform: string, folder: string): string[] {
  const own = readdirSync(folder)
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((name) => name === platform || name.startsWith(`${platform}-`))
  const seen = new Map<string, string>()
  const visit = (name: string): void => {
    const file = join(folder, `${name}.ts`)
    if (seen.has(name) || notSelectors.has(name) || !existsSync(file)) return
    const source = readFileSync(file, 'utf8')
    seen.set(name, source)
    for (const [, next] of source.matchAll(/from '\.\/([\w-]+)'/g)) visit(next ?? '')
  }
  for (const name of own) visit(name)
  return [...seen.values()]
}

/** The string and pattern literals of a source, without comments, imports and escapes. */
function literalsIn(source: string): string[] {
  const code = source
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/^\s*\/\/.*$/gm, ' ')
    .replace(/^import [\s\S]*?from '.*'$/gm, ' ')
  const literal =
    /'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`|\/((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/[a-z]*/g
  return [...code.matchAll(literal)].map(([, single, template, pattern]) => {
    if (pattern === undefined) return (single ?? template ?? '').replace(/\$\{[^}]*\}/g, ' ')
    return pattern.replace(/\\p\{[^}]*\}|\\[a-zA-Z]/g, ' ').replace(/\\(.)/g, '$1')
  })
}

function valuesIn(literals: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const literal of literals)
    for (const [, name = '', value = ''] of literal.matchAll(/\[([\w-]+)[*^$~|]?="([^"]*)"/g))
      found.set(name, [...(found.get(name) ?? []), value])
  return found
}

/** What the source texts of a reader name; see `readVocabulary`. */
export function vocabularyOf(sources: readonly string[], more: readonly string[] = []): Vocabulary {
  const literals = sources.flatMap(literalsIn)
  const tokens = new Set(literals.flatMap((literal) => literal.match(/[\p{L}\p{N}_-]+/gu) ?? []))
  const words = [...literals, ...more, markupWords.join(' ')].flatMap((text) => wordsIn(text, 1))
  return { tokens: new Set([...tokens, ...more]), words: new Set(words), values: valuesIn(literals) }
}

/** The vocabulary of a platform, read from its reader's source. Null when there is no such reader. */
export function readVocabulary(platform: string, more: readonly string[]): Vocabulary | null {
  const folder = join(projectFolder, 'utils', 'platforms')
  if (!/^[a-z][a-z0-9-]*$/.test(platform) || !existsSync(join(folder, `${platform}.ts`))) return null
  return vocabularyOf(sourcesOf(platform, folder), [...more, ...(ownHosts[platform] ?? []), platform])
}

/** Hosts of the platforms themselves, and of the pictures that they show. They stay; what stands before does not. */
export const ownHosts: Readonly<Record<string, readonly string[]>> = {
  x: ['x.com', 'twitter.com', 'twimg.com', 't.co'],
  youtube: ['youtube.com', 'youtu.be', 'ytimg.com', 'ggpht.com', 'googleusercontent.com', 'gstatic.com'],
  reddit: ['reddit.com', 'redd.it', 'redditmedia.com', 'redditstatic.com'],
  bluesky: ['bsky.app', 'bsky.social', 'bsky.network'],
  facebook: ['facebook.com', 'fbcdn.net'],
  instagram: ['instagram.com', 'cdninstagram.com', 'fbcdn.net'],
  threads: ['threads.com', 'threads.net', 'cdninstagram.com', 'fbcdn.net', 'instagram.com'],
  tiktok: ['tiktok.com', 'tiktokcdn.com', 'tiktokcdn-us.com', 'tiktokcdn-eu.com'],
  linkedin: ['linkedin.com', 'licdn.com', 'lnkd.in'],
  telegram: ['telegram.org', 't.me'],
  discord: ['discord.com', 'discordapp.com', 'discordapp.net'],
  vk: ['vk.com', 'vk.ru', 'userapi.com'],
  whatsapp: ['whatsapp.com', 'whatsapp.net'],
}
