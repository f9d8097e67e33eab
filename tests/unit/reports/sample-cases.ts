import type { Case, ReporterRole } from '../../../utils/model/case'
import type { Channel } from '../../../utils/model/channel'
import type { IncidentType, OpenedItem } from '../../../utils/model/item'
import type { PostReading } from '../../../utils/model/post'
import { sampleCase, sampleItem, samplePost } from '../../support/sample-items'

const account: PostReading['author'] = {
  handle: 'harrow_blackmoor',
  name: 'Harrow Blackmoor 🐦',
  profile: 'https://x.com/harrow_blackmoor',
  id: '900000001',
}

function onX(number: number, post: Partial<PostReading> = {}): Partial<PostReading> {
  const postId = `179000000000000000${number}`
  const permalink = `https://x.com/harrow_blackmoor/status/${postId}`
  const posted = {
    ...samplePost().posted,
    asShown: `9:1${number} AM · May 13, 2024`,
    iso: `2024-05-13T09:1${number}:05.000Z`,
  }
  return { postId, permalink, author: account, text: `Post number ${number}: we see you.`, posted, ...post }
}

/** Seven posts of one account on X, one of them grave and in Arabic, with doubts, and one post of another account. */
export function seriesOnX(): OpenedItem[] {
  const plain = [1, 2, 3, 4, 5, 6].map((number) => sampleItem({ seed: `x${number}`, post: onX(number) }))
  const grave = sampleItem({
    seed: 'x7',
    post: onX(7, { text: 'نعرف أين تسكنين يا ندى.\nسنأتي ليلًا.', language: 'ar', direction: 'rtl' }),
    assessment: { severity: 'high', isImminent: true },
    captured: { clockSkewSeconds: -300 },
    collection: {
      sources: [
        { fact: 'posted', source: 'id', value: '2024-05-13T09:17:05.000Z', agrees: true },
        { fact: 'handle', source: 'permalink', value: 'saltmarsh77', agrees: false },
      ],
    },
  })
  const other = sampleItem({
    seed: 'x8',
    post: onX(8, { author: { handle: 'saltmarsh77', name: null, profile: null, id: null } }),
  })
  return [...plain, grave, other]
}

/** One comment under a video: no id of the account, only an age. */
export function commentOnYouTube(): OpenedItem {
  const permalink = 'https://www.youtube.com/watch?v=Qz0invented1&lc=Ugx0invented2'
  return sampleItem({
    seed: 'yt1',
    captured: { utc: '2024-05-14T07:30:12.345Z' },
    post: {
      platform: 'youtube',
      kind: 'comment',
      postId: 'Ugx0invented2',
      permalink,
      author: { handle: 'tarn-hollow', name: '@tarn-hollow', profile: null, id: null },
      text: 'She will get what she deserves.',
      counts: { likes: '3' },
      mentions: [],
      posted: {
        asShown: '3 hours ago',
        iso: null,
        from: '2024-05-14T03:30:12.345Z',
        to: '2024-05-14T04:30:12.345Z',
        precision: 'hour',
        source: 'relative',
      },
    },
  })
}

/** A comment on Reddit. */
export function commentOnReddit(): OpenedItem {
  return sampleItem({
    seed: 'rd1',
    post: {
      platform: 'reddit',
      kind: 'comment',
      postId: 't1_kx0inv1',
      permalink: 'https://www.reddit.com/r/lowtide/comments/1abcde/title/kx0inv1/',
      author: { handle: 'brackenmoss', name: null, profile: null, id: 't2_9inv' },
      text: 'Her number is 0000 000, call her all night.',
      counts: { score: '14' },
      mentions: [],
    },
  })
}

/** A post on Bluesky whose author's DID the page gives. */
export function postOnBluesky(post: Partial<PostReading> = {}): OpenedItem {
  return sampleItem({
    seed: 'bs1',
    post: {
      platform: 'bluesky',
      postId: '3kinvented222',
      permalink: 'https://bsky.app/profile/osier.example/post/3kinvented222',
      author: {
        handle: 'osier.example',
        name: 'Osier',
        profile: 'https://bsky.app/profile/osier.example',
        id: 'did:plc:inventedinvented12345678',
      },
      text: 'Somebody should shut her up for good.',
      counts: {},
      mentions: [],
      ...post,
    },
  })
}

/** Two posts of one account on a Mastodon server. */
export function postsOnMastodon(post: Partial<PostReading> = {}): OpenedItem[] {
  return [1, 2].map((number) =>
    sampleItem({
      seed: `md${number}`,
      post: {
        platform: 'mastodon',
        postId: `11200000000000000${number}`,
        permalink: `https://tidepool.example/@fenwick/11200000000000000${number}`,
        author: {
          handle: 'fenwick@tidepool.example',
          name: 'Fenwick',
          profile: 'https://tidepool.example/@fenwick',
          id: '109000000000000001',
        },
        text: `Liar number ${number}.`,
        counts: {},
        mentions: [],
        ...post,
      },
    }),
  )
}

/** Addresses and ids as the pages of these platforms give them; others get something of the kind. */
const forms: Record<string, Partial<PostReading>> = {
  facebook: {
    postId: '122100000000701',
    permalink: 'https://www.facebook.com/quill.feather/posts/122100000000701',
    author: {
      handle: 'quill.feather',
      name: 'Quill Feather',
      profile: 'https://www.facebook.com/quill.feather',
      id: null,
    },
  },
  tiktok: {
    permalink: 'https://www.tiktok.com/@quillfeather/video/7412345678901234567',
    author: {
      handle: 'quillfeather',
      name: 'Quill Feather',
      profile: 'https://www.tiktok.com/@quillfeather',
      id: null,
    },
  },
  linkedin: {
    permalink: 'https://www.linkedin.com/feed/update/urn:li:activity:7412345678901234567/',
    author: {
      handle: 'quill-feather',
      name: 'Quill Feather',
      profile: 'https://www.linkedin.com/in/quill-feather/',
      id: null,
    },
  },
  telegram: {
    kind: 'message',
    postId: '2117',
    permalink: 'https://t.me/quillfeather/2117',
    author: {
      handle: 'quillfeather',
      name: 'Quill Feather',
      profile: 'https://t.me/quillfeather',
      id: null,
    },
  },
  discord: {
    kind: 'message',
    postId: '1572944531056230401',
    permalink: 'https://discord.com/channels/811223344556677889/822334455667788990/1572944531056230401',
    author: { handle: null, name: 'Quill Feather', profile: null, id: '733445566778899001' },
  },
}

/** One post of an invented account on a platform, with everything that its page can give. */
function postOn(platform: string, host: string): OpenedItem {
  return sampleItem({
    seed: `on ${host}`,
    post: {
      platform,
      postId: '7412345678901234567',
      permalink: `https://${host}/quillfeather/7412345678901234567`,
      author: {
        handle: 'quillfeather',
        name: 'Quill Feather',
        profile: `https://${host}/quillfeather`,
        id: '880000123',
      },
      text: 'We know which bus she takes. Somebody should wait there.',
      counts: { likes: '57', shares: '9' },
      mentions: [],
      ...forms[platform],
    },
  })
}

/** A case of these items with every fact that any channel asks for. */
export function fullCase(items: readonly OpenedItem[], overrides: Partial<Case> = {}): Case {
  return sampleCase(items, {
    types: ['threat-of-violence', 'harassment'],
    authorisedBy: 'Nadira Veleno',
    authorisedOn: '2024-05-12',
    authorisedFor: 'reports to platforms, partners and authorities',
    attackedAbout: 'woman, 41, teacher',
    attackedCountry: 'DE',
    isDefender: true,
    defenderWork: 'She runs a legal clinic for people who lost their homes in Lowmere.',
    consent: {
      platform: true,
      partner: true,
      police: true,
      'un-government': true,
      'un-public': false,
      company: true,
    },
    severity: 'high',
    isImminent: true,
    offlineRisk: 'Two men waited at her gate on 13 May.',
    grounds: ['human-rights-work', 'gender'],
    genderLens: 'The words are about her body and her children.',
    localContext: '“The lamp” is what people in Lowmere call the clinic.',
    translation: 'We will put out the lamp.',
    translator: 'Ines Corvane, grew up in Lowmere',
    whyFalse: 'She never took money from the council; its accounts of 2023 show that.',
    exposed: 'Her home address and her car. Neither is public elsewhere.',
    behindIt: 'The account says that it speaks for a neighbourhood watch. No link to a state is known.',
    stepsTaken: 'Reported to the platform on 13 May 2024, reference 4711. No answer since.',
    asks: 'Please remove the posts, and keep the data of the account.',
    narrativeShort: 'This account has threatened Nadira Veleno daily since May.',
    narrativeMedium:
      'Since the hearing in May, this account has threatened Nadira Veleno every day, by name and place.',
    signature: 'Ilse Maradunn',
    rabat: { context: 'Evictions in Lowmere since March; two clinics were set on fire.' },
    decisionBy: 'The platform',
    decisionReference: 'CASE-4711',
    decisionOn: '2024-05-20',
    appealReasons: 'The posts name her house and say when they will come. That is a threat under the rules.',
    ...overrides,
  })
}

const itemsByReceiver: Record<string, () => OpenedItem[]> = {
  X: seriesOnX,
  YouTube: () => [commentOnYouTube()],
  Reddit: () => [commentOnReddit()],
  Bluesky: () => [postOnBluesky()],
  Mastodon: () => postsOnMastodon(),
}

const fewOnX = ['x-abuse-form', 'eu-dsa-art16']

/** The items of a channel's sample report: posts of a platform that it serves. */
export function sampleItems(channel: Channel): OpenedItem[] {
  if (fewOnX.includes(channel.id)) return seriesOnX().slice(5)
  const known = itemsByReceiver[channel.receiver]
  if (known) return known()
  const [platform = 'generic'] = channel.platforms
  const [host] = channel.hosts
  return host === undefined ? seriesOnX().slice(5) : [postOn(platform, host)]
}

/** A role that the channel takes reports from and, where it asks, has a choice for. */
function sampleRole(channel: Channel): ReporterRole {
  const asked = channel.fields.find((field) => field.choices !== null)?.choices ?? null
  const fits = (role: ReporterRole) => asked === null || asked[role] !== undefined
  const roles: ReporterRole[] = ['organisation', 'self', 'lawyer', 'guardian', 'bystander']
  return roles.find((role) => channel.acceptsFrom.includes(role) && fits(role)) ?? 'self'
}

/** Types that the channel has a rule for: the usual ones where it has one for them. */
function sampleTypes(channel: Channel): IncidentType[] {
  const usual: IncidentType[] = ['threat-of-violence', 'harassment']
  const covered = (type: IncidentType) => channel.categories.some((category) => category.types.includes(type))
  return usual.some(covered) ? usual : (channel.categories[0]?.types.slice(0, 1) ?? usual)
}

/** The complete sample case of a channel. */
export function sampleCaseOf(channel: Channel, items: readonly OpenedItem[]): Case {
  return fullCase(items, { reporterRole: sampleRole(channel), types: sampleTypes(channel) })
}
