import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

type PageHeadingProps = {
  /** What the heading is the heading of; the focus comes here when it changes. */
  of: string
  isForeign?: boolean
  children: ComponentChildren
}

/** The heading of a screen. It takes the focus when the screen opens, so that keyboard and voice begin there. */
export function PageHeading({ of, isForeign, children }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => heading.current?.focus(), [of])
  return (
    <h1 tabIndex={-1} data-landing ref={heading} dir={isForeign ? 'auto' : undefined}>
      {children}
    </h1>
  )
}
