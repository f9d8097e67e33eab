import { readBagInfo, tagNames } from './bag'
import type { ItemFolder } from './check-items'
import { readJsonFile } from './check-items'
import {
  attachmentFolder,
  attachmentPaths,
  BundleCase,
  casePath,
  htmlReportPath,
  submissionPaths,
} from './contents'
import type { BundleFiles } from './files'
import { allOrPass, fails, type Statement } from './verification'

const infoLimit = 64 * 1024

async function checkInfo(files: BundleFiles, bundleCase: BundleCase): Promise<Statement[]> {
  const info = readBagInfo((await files.readWhole(tagNames.info, infoLimit)) ?? new Uint8Array())
  if (!info) return []
  const agent = `${bundleCase.tool.name} ${bundleCase.tool.version}`
  const isSame = info.agent === agent && info.date === bundleCase.madeAt.slice(0, 10)
  return isSame ? [] : [fails('case-consistent', tagNames.info, 'bag-info-differs')]
}

/** Whether `data/case.json` is well formed and names exactly the items that are there, in their order. */
export async function checkCase(
  files: BundleFiles,
  folders: readonly ItemFolder[],
): Promise<{ bundleCase: BundleCase | null; statements: Statement[] }> {
  const id = 'case-consistent'
  const json = await readJsonFile(files, casePath)
  if (!json.ok) return { bundleCase: null, statements: [fails(id, casePath, json.reason)] }
  const parsed = BundleCase.safeParse(json.value)
  if (!parsed.success) return { bundleCase: null, statements: [fails(id, casePath, 'schema')] }
  const bundleCase = parsed.data
  const there = folders.map((folder) => folder.id).join()
  const failures = there === bundleCase.itemIds.join() ? [] : [fails(id, casePath, 'items-differ')]
  failures.push(...(await checkInfo(files, bundleCase)))
  return { bundleCase, statements: allOrPass(id, failures) }
}

/** Whether the report is there in its three forms, and no other report beside it. */
export async function checkReport(files: BundleFiles, bundleCase: BundleCase | null): Promise<Statement[]> {
  const id = 'report-present'
  const failures = files.find(htmlReportPath) ? [] : [fails(id, htmlReportPath, 'file-missing')]
  if (bundleCase) {
    const { text, data } = submissionPaths(bundleCase.report.channelId)
    const folder = attachmentFolder(bundleCase.report.channelId)
    const pictures = attachmentPaths(files.list.map(({ name }) => name))
    const known: readonly string[] = [
      htmlReportPath,
      text,
      data,
      ...pictures.filter((name) => name.startsWith(folder)),
    ]
    if (!files.find(text)) failures.push(fails(id, text, 'file-missing'))
    const json = await readJsonFile(files, data)
    if (!json.ok) failures.push(fails(id, data, json.reason))
    for (const { name } of files.list) {
      if (name.startsWith('data/report/') && !known.includes(name))
        failures.push(fails(id, name, 'unknown-file'))
    }
  }
  return allOrPass(id, failures)
}
