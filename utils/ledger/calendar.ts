import type { Due } from '../model/ledger'
import { addDays } from './days'

const encoder = new TextEncoder()
const lineBytes = 75

/**
 * A content line as RFC 5545 3.1 wants it: at most 75 octets a line, every further one begun with a space, never
 * cut inside a character. Ends with CRLF.
 */
export function foldLine(line: string): string {
  const lines: string[] = []
  let current = ''
  let bytes = 0
  for (const character of line) {
    const size = encoder.encode(character).length
    if (bytes + size > lineBytes) {
      lines.push(current)
      current = ' '
      bytes = 1
    }
    current += character
    bytes += size
  }
  return [...lines, current].map((one) => `${one}\r\n`).join('')
}

/** A text value (RFC 5545 3.3.11): separators and line ends escaped, control characters dropped. */
export function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/\p{Cc}/gu, '')
}

const plainDay = (day: string): string => day.replaceAll('-', '')

/** What makes an event the same when the file is imported again, without a word of what it is about. */
function uidOf({ filingId }: Due, index: number): string {
  return `${filingId.slice(0, 16)}-${index}@reminder.invalid`
}

type CalendarOptions = {
  dues: readonly Due[]
  /** What every event is called. Neutral, because calendars are shared, synchronised and shown on locked screens. */
  title: string
  /** Milliseconds since 1970. */
  now: number
}

/**
 * An iCalendar file (RFC 5545) with one whole-day event for each day on which something is due, each with a
 * reminder at nine in the morning. It names no platform, no channel and no person.
 */
export function writeCalendar({ dues, title, now }: CalendarOptions): string {
  const stamp = `${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
  const perFiling = new Map<string, number>()
  const events = dues.flatMap((due) => {
    const index = perFiling.get(due.filingId) ?? 0
    perFiling.set(due.filingId, index + 1)
    return [
      'BEGIN:VEVENT',
      `UID:${uidOf(due, index)}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${plainDay(due.day)}`,
      `DTEND;VALUE=DATE:${plainDay(addDays(due.day, 1))}`,
      `SUMMARY:${escapeText(title)}`,
      'CLASS:PRIVATE',
      'TRANSP:TRANSPARENT',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `DESCRIPTION:${escapeText(title)}`,
      'TRIGGER:PT9H',
      'END:VALARM',
      'END:VEVENT',
    ]
  })
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Reminders//EN',
    'CALSCALE:GREGORIAN',
    ...events,
    'END:VCALENDAR',
  ]
  return lines.map(foldLine).join('')
}
