import { itemColumns, partitionColumns } from './columns'
import type { PlannedItem } from './plan'
import type { Release } from './release'

/** Rows in one Parquet file at most: what is held at a time. */
const rowsPerFile = 8_192

/** The columns within a Parquet file; the others are in its path. */
export const fileColumns = itemColumns.filter(({ name }) => !partitionColumns.includes(name))

/** One Parquet file: where it lies and how many of the rows, in their order, it takes. */
export type Partition = { path: string; rows: number }

const folderOf = ({ cell }: PlannedItem): string =>
  `items.parquet/platform=${cell.platform}/week=${cell.week}`

/** The Parquet files of a release in order. Their names say which export they are of, so that folders can be merged. */
export function partitionsOf({ items, mark }: Pick<Release, 'items' | 'mark'>): Partition[] {
  const partitions: Partition[] = []
  let folder = ''
  let part = 0
  for (const item of items) {
    const here = folderOf(item)
    const last = partitions.at(-1)
    if (last && here === folder && last.rows < rowsPerFile) {
      last.rows += 1
      continue
    }
    part = here === folder ? part + 1 : 0
    folder = here
    partitions.push({ path: `${folder}/part-${mark}-${part}.parquet`, rows: 1 })
  }
  return partitions
}
