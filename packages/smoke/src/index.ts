export { type PublishedPackage, packAll, publishedPackages, type Tarballs } from './pack.ts'
export { makeProject, type Project, type ProjectOptions } from './project.ts'
export { type Ran, type RunOptions, run, runOrThrow } from './run.ts'
export { installIn, installTools, toolsFolder } from './tools.ts'
