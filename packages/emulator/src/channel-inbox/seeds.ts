import { type NamesOf, type StrictSeeds, strictSeeds } from '../strict-names.ts'
import type { ChannelInboxContactSeed } from './contact.ts'
import type {
  ChannelInboxActivity,
  ChannelInboxComment,
  ChannelInboxConversation,
  ChannelInboxConversationSeed,
  ChannelInboxFile,
  ChannelInboxNotification,
} from './records.ts'

const CONTACT: NamesOf<ChannelInboxContactSeed> = {
  id: true,
  organization_id: true,
  business_unit_id: true,
  channel_id: true,
  channel_type: true,
  display_name: true,
  avatar_url: true,
  first_name: true,
  last_name: true,
  gender: true,
  area_code: true,
  phone_number: true,
  language: true,
  email: true,
  remark: true,
  time_zone: true,
  last_seen: true,
  created_at: true,
  updated_at: true,
  title: true,
  birthday: true,
  location: true,
  company_name: true,
  position: true,
  whatsapp_id: true,
  facebook_id: true,
  instagram_id: true,
  wechat_id: true,
  line_id: true,
  web_id: true,
  email_id: true,
  wecom_id: true,
  labels: true,
  additional_params: true,
  object_name: true,
  _id: true,
  doc_name: true,
  public_id: true,
  action: true,
}

/** Refuses seeds of contacts with a field that none has. */
export const contactSeeds: StrictSeeds<ChannelInboxContactSeed> = strictSeeds('contact', CONTACT)

const CONVERSATION: NamesOf<ChannelInboxConversation['conversation']> = {
  channel_type: true,
  contact_id: true,
  status: true,
  name: true,
  timestamp: true,
  mode: true,
}

const CONTENT: NamesOf<ChannelInboxFile['content']> = { url: true, caption: true, extension: true }

/** Refuses seeds of conversations with a field that none has. */
export const conversationSeeds: StrictSeeds<ChannelInboxConversationSeed> = strictSeeds('conversation', {
  id: true,
  name: true,
  status: true,
  channel_type: true,
  _id: true,
  doc_name: true,
  public_id: true,
  organization_id: true,
  business_unit_id: true,
  created_at: true,
  updated_at: true,
  conversation: CONVERSATION,
  contact: true,
  latest_message: true,
  contacts_latest_message: true,
  teams: true,
})

/** Refuses seeds of comments with a field that none has. */
export const commentSeeds: StrictSeeds<Partial<ChannelInboxComment>> = strictSeeds('comment', {
  _id: true,
  text: true,
  contact_id: true,
  conversation_id: true,
  channel_type: true,
  user_id: true,
  created_at: true,
})

/** Refuses seeds of files with a field that none has. */
export const fileSeeds: StrictSeeds<Partial<ChannelInboxFile>> = strictSeeds('file', {
  _id: true,
  type: true,
  from: true,
  content: CONTENT,
  name: true,
  size: true,
  created_at: true,
  updated_at: true,
})

/** Refuses seeds of activities with a field that none has. */
export const activitySeeds: StrictSeeds<Partial<ChannelInboxActivity>> = strictSeeds('activity', {
  _id: true,
  type: true,
  conversation_id: true,
  message: true,
  created_at: true,
})

/** Refuses seeds of notices with a field that none has. */
export const notificationSeeds: StrictSeeds<Partial<ChannelInboxNotification>> = strictSeeds('notification', {
  object_name: true,
  id: true,
  title: true,
  content: true,
  from: true,
  type: true,
  action_to: true,
  recipient: true,
  is_read: true,
  created_at: true,
  action_disable: true,
  channel_type: true,
})
