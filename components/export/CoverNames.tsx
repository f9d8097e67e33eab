import { useId, useRef, useState } from 'preact/hooks'
import type { Area, Span } from '../../utils/model/redaction'
import { Button } from '../shared/Button'
import { CheckField, TextField } from '../shared/Field'
import { isolate } from '../shared/format'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import styles from './CoverNames.module.css'
import { CoverPictureEditor } from './CoverPictureEditor'
import { type CoverItem, coverLimits } from './covering'

type Actions = {
  onAddWord: (word: string) => void
  onRemoveWord: (word: string) => void
  onAreas: (itemId: string, name: string, areas: readonly Area[] | null) => void
  onSpan: (itemId: string, span: Span) => void
  onUncoverSpans: (itemId: string) => void
  onTogglePicture: (itemId: string, name: string) => void
  onToggleWords: (itemId: string) => void
}

type CoverNamesProps = Actions & {
  isOn: boolean
  words: readonly string[]
  items: CoverItem[]
  canUndo: boolean
  onToggle: (isOn: boolean) => void
  onUndo: () => void
}

function WordList({ words, onAddWord, onRemoveWord }: Pick<CoverNamesProps, 'words'> & Actions) {
  const { t } = useWords()
  const [typed, setTyped] = useState('')
  const add = () => {
    onAddWord(typed)
    setTyped('')
  }
  return (
    <form
      class={styles.part}
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <TextField
        label={t('cover.word')}
        hint={t('cover.wordHint')}
        value={typed}
        maxLength={coverLimits.wordMost}
        onChange={setTyped}
      />
      <div>
        <Button size="small" isSubmit isOff={typed.trim().length < coverLimits.wordLeast}>
          {t('cover.addWord')}
        </Button>
      </div>
      <ul class={styles.words}>
        {words.map((word) => (
          <li key={word} class={styles.row}>
            <bdi>{word}</bdi>
            <Button size="small" name={`${t('cover.remove')}: ${word}`} onPress={() => onRemoveWord(word)}>
              {t('cover.remove')}
            </Button>
          </li>
        ))}
      </ul>
    </form>
  )
}

/** The words of a post: what one selects is covered here, or everywhere. */
function SelectWords({ item, ...props }: { item: CoverItem } & Actions) {
  const { t } = useWords()
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const text = item.text ?? ''
  // The browser counts line ends of this kind as one sign; then its places are not those of the text.
  const isCountable = !text.includes('\r')
  const selected = (): Span | null => {
    const [start, end] = [field.current?.selectionStart ?? 0, field.current?.selectionEnd ?? 0]
    return start < end ? { start, end } : null
  }
  const coverEverywhere = () => {
    const span = selected()
    if (span && field.current) props.onAddWord(field.current.value.slice(span.start, span.end))
  }
  const coverHere = () => {
    const span = selected()
    if (span) props.onSpan(item.id, span)
  }
  return (
    <div class={styles.part}>
      <label for={id}>{t('cover.select')}</label>
      <textarea
        autocomplete="off"
        ref={field}
        id={id}
        class={styles.text}
        rows={4}
        dir="auto"
        readOnly
        value={text}
      />
      <div class={styles.row}>
        <Button size="small" onPress={coverEverywhere}>
          {t('cover.everywhere')}
        </Button>
        {isCountable && (
          <Button size="small" onPress={coverHere}>
            {t('cover.here')}
          </Button>
        )}
        <Button size="small" onPress={() => props.onUncoverSpans(item.id)}>
          {t('cover.uncover')}
        </Button>
      </div>
    </div>
  )
}

/** What can be read in the copy, and what stays behind. */
function WhatLeaves({ item }: { item: CoverItem }) {
  const { t } = useWords()
  return (
    <div class={styles.part}>
      <h3 class={styles.small}>{t('cover.preview')}</h3>
      <dl class={styles.left}>
        {item.left.map(({ fact, value }) => (
          <div key={fact}>
            <dt>{t(`cover.fact.${fact}`)}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function Item({ item, number, ...props }: { item: CoverItem; number: number } & Actions) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(number === 1)
  const title = t('cover.item', { number })
  const word = item.areWordsShown ? t('cover.hideWords') : t('cover.showWords')
  return (
    <section class={styles.item} aria-label={title}>
      <div class={styles.row}>
        <h2 class={styles.small}>{title}</h2>
        <Button
          size="small"
          isExpanded={isOpen}
          name={`${t('cover.open')}: ${title}`}
          onPress={() => setOpen(!isOpen)}
        >
          {t('cover.open')}
        </Button>
      </div>
      {isOpen && (
        <>
          {item.pictures.map((picture) => (
            <CoverPictureEditor
              key={picture.name}
              picture={picture}
              onAreas={(areas) => props.onAreas(item.id, picture.name, areas)}
              onToggle={() => props.onTogglePicture(item.id, picture.name)}
            />
          ))}
          <div>
            <Button
              size="small"
              isPressed={item.areWordsShown}
              name={`${word}: ${title}`}
              onPress={() => props.onToggleWords(item.id)}
            >
              {word}
            </Button>
          </div>
          {item.areWordsShown && item.hasText && <SelectWords item={item} {...props} />}
          {item.areWordsShown && <WhatLeaves item={item} />}
          <p class={styles.soft}>
            {t('cover.leftOut', { files: item.leftOut.map(isolate).join(t('report.list-comma')) })}
          </p>
        </>
      )}
    </section>
  )
}

/** Covering names and faces before a bundle leaves: off, or words and areas of every item. */
export function CoverNames({ isOn, words, items, canUndo, onToggle, onUndo, ...props }: CoverNamesProps) {
  const { t } = useWords()
  return (
    <section class={styles.cover} aria-label={t('cover.title')}>
      <CheckField label={t('cover.title')} hint={t('cover.hint')} isOn={isOn} onChange={onToggle} />
      {isOn && (
        <>
          <Notice tone="warning">
            <p>{t('cover.stays')}</p>
            <p>{t('cover.limits')}</p>
          </Notice>
          <WordList words={words} {...props} />
          {items.map((item, at) => (
            <Item key={item.id} item={item} number={at + 1} {...props} />
          ))}
          <div>
            <Button size="small" isOff={!canUndo} onPress={onUndo}>
              {t('cover.undo')}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}
