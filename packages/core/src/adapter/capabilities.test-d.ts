import { describe, expectTypeOf, it } from 'vitest'
import type {
  ActivitiesGroup,
  AvatarGroup,
  CommentsGroup,
  ContactMethodsGroup,
  ConversationsGroup,
  FilesGroup,
  NotificationsGroup,
} from '../client/group-types.ts'
import type { Operations } from '../client/types.ts'
import type { Adapter, AnyAdapter } from './adapter.ts'
import type { Capabilities, OPERATIONS, OperationName } from './capabilities.ts'
import type { AdapterComments, AdapterContactMethods, AdapterNotifications } from './group-contract.ts'

type Methods<Group extends OperationName> = (typeof OPERATIONS)[Group][number]

describe('OPERATIONS', () => {
  it('has every operation of a client', () => {
    expectTypeOf<keyof typeof OPERATIONS>().toEqualTypeOf<keyof Operations<AnyAdapter>>()
    expectTypeOf<OperationName>().toEqualTypeOf<keyof Operations<AnyAdapter>>()
  })

  it('has every method of the groups, as clients and adapters have them', () => {
    expectTypeOf<Methods<'conversations'>>().toEqualTypeOf<keyof ConversationsGroup>()
    expectTypeOf<Methods<'comments'>>().toEqualTypeOf<keyof CommentsGroup>()
    expectTypeOf<Methods<'comments'>>().toEqualTypeOf<keyof AdapterComments>()
    expectTypeOf<Methods<'files'>>().toEqualTypeOf<keyof FilesGroup>()
    expectTypeOf<Methods<'activities'>>().toEqualTypeOf<keyof ActivitiesGroup>()
    expectTypeOf<Methods<'avatar'>>().toEqualTypeOf<keyof AvatarGroup>()
    expectTypeOf<Methods<'notifications'>>().toEqualTypeOf<keyof NotificationsGroup>()
    expectTypeOf<Methods<'notifications'>>().toEqualTypeOf<keyof AdapterNotifications>()
    expectTypeOf<Methods<'contactMethods'>>().toEqualTypeOf<keyof ContactMethodsGroup>()
    expectTypeOf<Methods<'contactMethods'>>().toEqualTypeOf<keyof AdapterContactMethods>()
    expectTypeOf<Methods<'contactMethods'>>().toEqualTypeOf<
      keyof NonNullable<Capabilities['contactMethods']>
    >()
  })
})

describe('an adapter', () => {
  it('is any adapter, whatever its own types', () => {
    interface Own
      extends Adapter<
        { get: { mode: 'native'; by: ['id'] } },
        { key: string },
        { stage: string },
        Map<string, string>
      > {}
    expectTypeOf<Own>().toExtend<AnyAdapter>()
    expectTypeOf<Adapter<Capabilities, never, never, never>>().toExtend<AnyAdapter>()
  })
})
