/** A time as S3's errors have it: `2026-01-02T03:04:05Z` */
export function isoSeconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
