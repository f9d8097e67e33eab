import type { PageResult } from './compare'

/** The result of one page, under its platform and name; a reader that failed has found nothing. */
export type NamedResult = { platform: string; name: string; result: PageResult; failure: string | null }

type Sums = { pages: number; found: number; expected: number; right: number; fields: number } & {
  falsePosts: number
  otherPosts: number
}

function sum(results: readonly NamedResult[]): Sums {
  const posts = results.flatMap(({ result }) => result.posts)
  const checks = posts.flatMap((post) => post.checks)
  const add = (count: (result: PageResult) => number): number =>
    results.reduce((total, { result }) => total + count(result), 0)
  return {
    pages: results.length,
    found: posts.filter((post) => post.at !== null).length,
    expected: posts.length,
    right: checks.filter((check) => check.isRight).length,
    fields: checks.length,
    falsePosts: add(({ falsePosts }) => falsePosts.length),
    otherPosts: add(({ otherPosts }) => otherPosts),
  }
}

const heads = ['platform', 'pages', 'posts found', 'fields right', 'false posts', 'other posts']

function row(name: string, sums: Sums): string[] {
  const { pages, found, expected, right, fields, falsePosts, otherPosts } = sums
  return [
    name,
    String(pages),
    `${found} / ${expected}`,
    `${right} / ${fields}`,
    String(falsePosts),
    String(otherPosts),
  ]
}

function align(rows: readonly string[][]): string[] {
  const widths = heads.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)))
  return rows.map((cells) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  )
}

/** A line for each platform and one for all. */
export function tableOf(results: readonly NamedResult[]): string[] {
  const platforms = [...new Set(results.map(({ platform }) => platform))].sort()
  const rows = platforms.map((name) => row(name, sum(results.filter(({ platform }) => platform === name))))
  return align([heads, ...rows, row('all', sum(results))])
}

export type DifferenceOptions = {
  /** `with` prints what was expected and found; people's own words are among it. */
  values: 'with' | 'without'
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 300 ? `${text.slice(0, 300)} …` : text
}

/** Everything that differs, page by page: the number of the post and the names of the fields. */
export function differencesOf(results: readonly NamedResult[], { values }: DifferenceOptions): string[] {
  return results.flatMap(({ platform, name, result, failure }) => {
    const lines = result.posts.flatMap(({ number, at, checks }) => {
      if (at === null) return [`  post ${number}: not found`]
      const wrong = checks.filter((check) => !check.isRight)
      if (wrong.length === 0) return []
      const details = wrong.map(
        ({ field, expected, found }) => `    ${field}: expected ${show(expected)}, found ${show(found)}`,
      )
      const line = `  post ${number}: ${wrong.map(({ field }) => field).join(', ')}`
      return values === 'with' ? [line, ...details] : [line]
    })
    const falsePosts = result.falsePosts.map(
      ({ kind, postId, author, text }, index) =>
        `  false post ${index + 1}: ${kind}${values === 'with' ? ` ${show({ postId, author, text })}` : ''}`,
    )
    const failed = failure === null ? [] : [`  ${failure}`]
    const all = [...failed, ...lines, ...falsePosts]
    return all.length === 0 ? [] : [`${platform}/${name}`, ...all]
  })
}
