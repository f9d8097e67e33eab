import { useEffect, useRef, useState } from 'preact/hooks'
import styles from './RowPicture.module.css'

type RowPictureProps = {
  /** What stands on the card while the picture is hidden. */
  card: string
  alt: string
  isShown: boolean
  load: (signal: AbortSignal) => Promise<ImageBitmap | null>
}

/** Draws the upper part of a picture, as wide as the canvas. */
function draw(canvas: HTMLCanvasElement, picture: ImageBitmap): void {
  canvas.width = picture.width
  canvas.height = Math.round((picture.width * 3) / 4)
  canvas.getContext('2d')?.drawImage(picture, 0, 0)
}

/**
 * The picture of a row: a grey card until it is asked for, and only while the row is on the screen is it opened. Both
 * are of one size, so nothing moves when it comes.
 */
export function RowPicture({ card, alt, isShown, load }: RowPictureProps) {
  const frame = useRef<HTMLSpanElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [isDrawn, setDrawn] = useState(false)
  const newest = useRef(load)
  newest.current = load
  useEffect(() => {
    setDrawn(false)
    if (!isShown || !frame.current) return
    let stop = new AbortController()
    const seen = new IntersectionObserver((entries) => {
      stop.abort()
      if (!entries.at(-1)?.isIntersecting) return
      const mine = new AbortController()
      stop = mine
      void newest.current(mine.signal).then((picture) => {
        if (!picture || mine.signal.aborted || !canvas.current) return
        draw(canvas.current, picture)
        setDrawn(true)
        seen.disconnect()
      })
    })
    seen.observe(frame.current)
    return () => {
      stop.abort()
      seen.disconnect()
    }
  }, [isShown])
  return (
    <span class={styles.frame} ref={frame}>
      {!isDrawn && (
        <span class={styles.card} aria-hidden="true">
          {card}
        </span>
      )}
      {isShown && (
        <canvas ref={canvas} class={styles.picture} hidden={!isDrawn} role="img" aria-label={alt} />
      )}
    </span>
  )
}
