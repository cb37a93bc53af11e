import type { Session } from './session.ts'
import type { TestSetup } from './test-setup.ts'

/** What a test does with its session. */
export type TestBody = (session: Session) => Promise<void>

/** Adds a test to the suite. */
export type Define = (name: string, body: TestBody, setup?: TestSetup) => void

/** A part of the suite: it defines its tests, the same ones for every adapter. */
export type Suite = (define: Define) => void
