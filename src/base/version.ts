/** The package's version; a test holds it to package.json. */
export const version = '0.1.0'

/** The day of that version, for the manual pages. */
export const releaseDate = '2026-11-23'
