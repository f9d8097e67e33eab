import { useState } from 'preact/hooks'
import type { Area } from '../../utils/model/redaction'
import { Button } from '../shared/Button'
import { CheckField, NumberField } from '../shared/Field'
import { isolate } from '../shared/format'
import { useWords } from '../shared/words'
import styles from './CoverNames.module.css'
import { areaBetween, type CoverPicture, coverLimits, firstArea } from './covering'

type EditorProps = {
  picture: CoverPicture
  onAreas: (areas: readonly Area[] | null) => void
  onToggle: () => void
}

type Point = { x: number; y: number }

function pointIn(event: PointerEvent): Point {
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect()
  return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height }
}

function placeOf(area: Area, { width, height }: CoverPicture) {
  return {
    left: `${(area.x / width) * 100}%`,
    top: `${(area.y / height) * 100}%`,
    width: `${(area.width / width) * 100}%`,
    height: `${(area.height / height) * 100}%`,
  }
}

/** The picture, on which one draws what is to be covered. For whoever does not draw there is the list below. */
function Stage({ picture, onAreas }: Omit<EditorProps, 'onToggle'>) {
  const { t } = useWords()
  const [drawn, setDrawn] = useState<{ from: Point; to: Point } | null>(null)
  const { areas, url, name } = picture
  const covered = areas ?? []
  const now = drawn && areaBetween(drawn.from, drawn.to, picture)
  return (
    <div
      class={styles.stage}
      dir="ltr"
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        const at = pointIn(event)
        setDrawn({ from: at, to: at })
      }}
      onPointerMove={(event) => drawn && setDrawn({ ...drawn, to: pointIn(event) })}
      onPointerUp={() => {
        if (now && covered.length < coverLimits.areas) onAreas([...covered, now])
        setDrawn(null)
      }}
      onPointerCancel={() => setDrawn(null)}
    >
      <img src={url ?? ''} alt={t('cover.pictureAlt', { name: isolate(name) })} draggable={false} />
      {[...covered, ...(now ? [now] : [])].map((area, at) => (
        <span key={at} class={styles.area} style={placeOf(area, picture)} aria-hidden="true" />
      ))}
    </div>
  )
}

const sides = ['x', 'y', 'width', 'height'] as const

function AreaRow({
  area,
  number,
  picture,
  onChange,
  onRemove,
}: {
  area: Area
  number: number
  picture: CoverPicture
  onChange: (area: Area) => void
  onRemove: () => void
}) {
  const { t } = useWords()
  const most = {
    x: picture.width - 1,
    y: picture.height - 1,
    width: picture.width - area.x,
    height: picture.height - area.y,
  }
  const change = (side: (typeof sides)[number], value: number) => {
    const next = { ...area, [side]: value }
    const width = Math.min(next.width, picture.width - next.x)
    const height = Math.min(next.height, picture.height - next.y)
    onChange({ ...next, width, height })
  }
  return (
    <li>
      <fieldset class={styles.areaRow}>
        <legend>{t('cover.area', { number })}</legend>
        {sides.map((side) => (
          <NumberField
            key={side}
            label={t(`cover.side.${side}`)}
            value={area[side]}
            least={side === 'x' || side === 'y' ? 0 : 1}
            most={most[side]}
            onChange={(value) => change(side, value)}
          />
        ))}
        <Button size="small" name={`${t('cover.remove')}: ${t('cover.area', { number })}`} onPress={onRemove}>
          {t('cover.remove')}
        </Button>
      </fieldset>
    </li>
  )
}

/** One picture of an item: whether it leaves, and what is covered in it. Not shown until asked for. */
export function CoverPictureEditor({ picture, onAreas, onToggle }: EditorProps) {
  const { t } = useWords()
  const { areas, name, url } = picture
  const put = (at: number, area: Area) => onAreas((areas ?? []).map((one, i) => (i === at ? area : one)))
  const word = url === null ? t('cover.showPicture') : t('cover.hidePicture')
  return (
    <div class={styles.picture}>
      <CheckField
        label={t('cover.leaves', { name: isolate(name) })}
        isOn={areas !== null}
        onChange={(isOn) => onAreas(isOn ? [] : null)}
      />
      {areas !== null && (
        <>
          <div class={styles.row}>
            <Button size="small" isPressed={url !== null} name={`${word}: ${name}`} onPress={onToggle}>
              {word}
            </Button>
            <Button
              size="small"
              name={`${t('cover.addArea')}: ${name}`}
              isOff={areas.length >= coverLimits.areas}
              onPress={() => onAreas([...areas, firstArea(picture)])}
            >
              {t('cover.addArea')}
            </Button>
          </div>
          {url !== null && <p class={styles.soft}>{t('cover.draw')}</p>}
          {url !== null && <Stage picture={picture} onAreas={onAreas} />}
          {areas.length === 0 && <p class={styles.warn}>{t('cover.noAreas')}</p>}
          <ol class={styles.areas}>
            {areas.map((area, at) => (
              <AreaRow
                key={at}
                area={area}
                number={at + 1}
                picture={picture}
                onChange={(changed) => put(at, changed)}
                onRemove={() => onAreas(areas.filter((_, i) => i !== at))}
              />
            ))}
          </ol>
        </>
      )}
    </div>
  )
}
