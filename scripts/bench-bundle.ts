import { type ExportCost, measureExport, measureVerify, type VerifyCost } from '../tests/bench/bundle'

function measure([act, first = '', second = '', more]: string[]): Promise<ExportCost | VerifyCost> {
  if (act !== 'export') return measureVerify(first)
  return measureExport({ items: Number(first), folder: second, hasArchive: more === 'wacz' })
}

/** Measured while this module is loaded: what runs it can load nothing afterwards, and web archives load their writer. */
const cost = await measure(process.argv.slice(3))

/**
 * One half of `npm run bench -- bundle`, in a process of its own so that memory is its own: `export N FOLDER [wacz]`
 * or `verify FOLDER`. Prints JSON.
 */
export async function main(): Promise<number> {
  process.stdout.write(JSON.stringify(cost))
  return 0
}
