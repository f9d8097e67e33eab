/** Takes a number from 0 up to, not including, `below`. */
export type Draw = (below: number) => number

/** Groups of letters for one script; a word goes through them in turn. */
const syllables: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Latin: [[...'bdfgklmnprstvz'], [...'aeiou']],
  Cyrillic: [[...'бвгдзклмнпрст'], [...'аеиоу']],
  Greek: [[...'βγδζκλμνπρστ'], [...'αεηιου']],
  Armenian: [[...'բգդկլմնրստ'], [...'աեիոու']],
  Georgian: [[...'ბგდკლმნრსტ'], [...'აეიოუ']],
  Arabic: [[...'بتحدرزسشعفقكلمنه'], [...'اويابن']],
  Hebrew: [[...'בגדהזטכלמנספקרשת'], [...'איו']],
  Devanagari: [[...'कगचजतदनपबमयरलवसह'], ['ा', 'ि', 'ी', 'ु', 'े', 'ो']],
  Bengali: [[...'কগচজতদনপবমরলসহ'], ['া', 'ি', 'ী', 'ু', 'ে']],
  Tamil: [[...'கசடதபமயரலவன'], ['ா', 'ி', 'ீ', 'ு', 'ே']],
  Thai: [[...'กขคงจชดตทนบปผพมยรลวสหอ'], [...'าอนมร']],
  Hangul: [[...'가나다라마바사아자차카타파하고노도로모보소오조구누두루무부수우주기니디리미비시이지']],
  Han: [
    [
      ...'山水木石田雨云花草竹路门窗灯船桥河海风雪春夏秋冬东西南北早晚红黄蓝白大小長高開走坐看聽讀寫茶飯果糖衣帽鞋车马羊',
    ],
  ],
  Hiragana: [[...'あいうえおかきくけこさしすせそたちつてとなにのはひふへほまみむめもやゆよらりるれろ']],
  Katakana: [[...'アイウエオカキクケコサシスセソタチツテトナニノハヒフヘホマミムメモヤユヨラリルレロ']],
}

const scripts = Object.keys(syllables).map((name) => ({
  name,
  shape: new RegExp(`\\p{Script=${name}}`, 'u'),
}))

/** The script of the first letter that has one of those known here; `other` for any other. */
function scriptOf(word: string): string {
  for (const letter of word.normalize('NFKC')) {
    const found = scripts.find(({ shape }) => shape.test(letter))
    if (found) return found.name
  }
  return 'other'
}

/** The letters of the same block as this one, for scripts without a list here. */
function neighboursOf(letter: string): string[] {
  const code = letter.codePointAt(0) ?? 0
  const start = code - (code % 0x40)
  const all = Array.from({ length: 0x40 }, (_, index) => String.fromCodePoint(start + index))
  const kind = /\p{M}/u.test(letter) ? /\p{M}/u : /\p{L}/u
  return all.filter((other) => kind.test(other))
}

/** A word of `length` letters in the script of `like`. `isFree`: any letters, for when syllables are used up. */
export function drawWord(like: string, length: number, draw: Draw, options: { isFree: boolean }): string {
  const pick = (letters: readonly string[]): string => letters[draw(letters.length)] ?? ''
  const script = scriptOf(like)
  const groups = syllables[script]
  if (!groups) {
    const letters = [...like]
    return Array.from({ length }, (_, index) =>
      pick(neighboursOf(letters[index % letters.length] ?? 'a')),
    ).join('')
  }
  const all = script === 'Latin' ? [...'abcdefghijklmnopqrstuvwxyz'] : groups.flat()
  const canStart = !/\p{M}/u.test(groups[1]?.[0] ?? '')
  const first = canStart && groups.length > 1 && length > 2 ? draw(2) : 0
  return Array.from({ length }, (_, index) =>
    pick(options.isFree && (index > 0 || canStart) ? all : (groups[(index + first) % groups.length] ?? all)),
  ).join('')
}

/** The word with capitals where `like` has them. */
export function withCaseOf(like: string, word: string): string {
  const shown = [...like.normalize('NFC')]
  const isUpper = (letter: string | undefined): boolean =>
    letter !== undefined && /\p{Lu}|\p{Lt}/u.test(letter)
  const isAllUpper = shown.length > 1 && shown.every((letter) => isUpper(letter))
  return [...word]
    .map((letter, index) => (isAllUpper || isUpper(shown[index]) ? letter.toUpperCase() : letter))
    .join('')
}
