import { measureExport, measureVerify } from '../tests/bench/bundle'

/**
 * One half of `npm run bench -- bundle`, in a process of its own so that memory is its own: `export N FOLDER` or
 * `verify FOLDER`. Prints JSON.
 */
export async function main([act, first = '', second = '']: string[]): Promise<number> {
  const cost = act === 'export' ? await measureExport(Number(first), second) : await measureVerify(first)
  process.stdout.write(JSON.stringify(cost))
  return 0
}
