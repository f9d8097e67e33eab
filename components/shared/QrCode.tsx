import styles from './QrCode.module.css'

/** Four modules of quiet around it, as ISO/IEC 18004 wants them. */
const quiet = 4

/** A QR code of these modules, dark ones true; black on white in every theme, for cameras need that. */
export function QrCode({ modules, name }: { modules: readonly (readonly boolean[])[]; name: string }) {
  const size = modules.length + 2 * quiet
  const dark = modules.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x + quiet} ${y + quiet}h1v1h-1z`] : [])),
  )
  return (
    <svg
      class={styles.code}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={name}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  )
}
