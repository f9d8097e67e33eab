import { useId } from 'preact/hooks'
import styles from './Field.module.css'

type FileFieldProps = {
  label: string
  /** The endings that are offered first, such as `.zip,.age`. */
  accept: string
  isMany?: boolean
  /** Hears what was chosen; nothing when the choice was taken back. */
  onFiles: (files: File[]) => void
}

/** The browser's own picker for files. */
export function FileField({ label, accept, isMany, onFiles }: FileFieldProps) {
  const id = useId()
  return (
    <div class={styles.field}>
      <label class={styles.label} for={id}>
        {label}
      </label>
      <input
        id={id}
        type="file"
        accept={accept}
        multiple={isMany}
        autocomplete="off"
        onChange={(event) => onFiles([...(event.currentTarget.files ?? [])])}
      />
    </div>
  )
}
