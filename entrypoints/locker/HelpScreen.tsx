import { HelpPage, type HelpPlace } from '../../components/reports/HelpPage'
import { holdsThere } from '../../utils/channels/countries'
import { channels, linkOf } from '../../utils/channels/index'
import type { Channel } from '../../utils/model/channel'
import { channelWords } from '../../utils/reports/channel-words'
import type { Words } from '../../utils/words/translate'
import { knownText } from '../shared/channel-facts'
import type { LockerPageView } from './view'

function placeOf(channel: Channel, words: Words): HelpPlace {
  const { name, does, notes, warnings, takes } = channelWords({ channel, words })
  const { mail, phone } = channel
  return {
    id: channel.id,
    name,
    does,
    notes: [...notes, takes],
    warnings,
    countries: channel.countries,
    languages: channel.languages,
    verifiedAddress: linkOf(channel),
    mail: mail && { address: mail.address, isConfirmed: mail.evidence === 'verified' },
    phone: phone && { number: phone.number, isConfirmed: phone.evidence === 'verified' },
    known: knownText(channel, words),
  }
}

/** Who helps, those first whose help is confirmed and open to anybody. */
function helpPlaces(words: Words): HelpPlace[] {
  const doubt = (channel: Channel) =>
    Number(channel.evidence !== 'verified') * 2 + Number(channel.warnings.includes('maybe-closed'))
  return channels
    .filter(({ kind }) => kind === 'helpline' || kind === 'hotline')
    .toSorted((one, other) => doubt(one) - doubt(other))
    .map((channel) => placeOf(channel, words))
}

/** Support organisations. */
export function HelpScreen({ view }: { view: LockerPageView }) {
  return (
    <HelpPage
      places={helpPlaces(view.session.words.value)}
      countryMatches={({ countries }, country) => holdsThere(countries, [country])}
    />
  )
}
