/**
 * The contract suite that every AnyContact adapter passes, for any test runner.
 *
 * @packageDocumentation
 */
export { ConformanceError } from './assert.ts'
export type {
  ConformanceDifferences,
  ConformanceEndpoint,
  ConformanceFixtures,
  ConformanceNormalizers,
  ConformanceOptions,
  ConformanceSamples,
  ConformanceSeed,
  ConformanceSettings,
  ConformanceSubject,
  ConformanceTest,
  TestFunction,
} from './options.ts'
export type { SlowFetch } from './slow/slow-provider.ts'
export { conformanceTests, testAdapter } from './test-adapter.ts'
