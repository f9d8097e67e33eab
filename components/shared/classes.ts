/** Class names joined by spaces; what is undefined or false is left out. */
export function classes(...names: (string | undefined | false)[]): string {
  return names.filter(Boolean).join(' ')
}
