/** What is read of a changeset. */
interface Changeset {
  readonly summary: string
}

/** What is read of a package that is released beside another. */
interface Dependency {
  readonly name: string
  readonly oldVersion: string
  readonly newVersion: string
}

/** What `changeset version` asks of the module that `.changeset/config.json` names. */
interface Changelog {
  getReleaseLine(changeset: Changeset): string
  getDependencyReleaseLine(changesets: readonly Changeset[], dependencies: readonly Dependency[]): string
}

/**
 * How changelogs are written: for those who use a package, so without commits. A changeset of several paragraphs stays as it is,
 * one of a single paragraph is an entry of a list.
 */
const changelog: Changelog = {
  getReleaseLine({ summary }) {
    const text = summary.trim()
    return text.includes('\n\n') ? `\n\n${text}\n\n` : `- ${text.replaceAll('\n', '\n  ')}`
  },
  // Of a first release nobody has to be told which versions go together.
  getDependencyReleaseLine(_changesets, dependencies) {
    const later = dependencies.filter(({ oldVersion }) => oldVersion !== '0.0.0')
    const core = later.find(({ name }) => name === '@anycontact/core')
    // What is built on core has its version: where it is named, the others go without saying.
    const named = later.filter((each) => each === core || each.newVersion !== core?.newVersion)
    named.sort((one, other) => Number(other === core) - Number(one === core))
    if (named.length === 0) return ''
    return `- Works with ${named.map(({ name, newVersion }) => `\`${name}\` ${newVersion}`).join(' and ')}.`
  },
}

export default changelog
