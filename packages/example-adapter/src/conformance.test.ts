import { testAdapter } from '@anycontact/conformance'
import { test } from 'vitest'
import { conformanceSettings } from './testing/suite.ts'

testAdapter({ test, ...conformanceSettings() })
