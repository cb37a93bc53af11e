import { ID } from './world.ts'

export { ID }

/** Stands for the id of a contact method. */
export const METHOD_ID = '0a3c5b52-5b6f-4f0e-9c1d-1f2e3d4c5b6b'
const METHOD = { type: 'email', value: 'ana@example.com', label: 'work', primary: true }
const CONTACT = {
  externalId: 'user-42',
  name: 'Ana Souza',
  nickname: 'ana',
  email: 'ana@example.com',
  phone: '+14155552671',
  note: 'note',
  avatarUrl: 'https://example.com/a.png',
  tags: ['vip'],
  status: 'lead',
  customFields: { plan: 'pro', address: { city: 'Porto', floors: [1, 2] } },
}
const CALL = {
  timeoutMs: 1000,
  deadlineMs: 5000,
  headers: { 'x-a': 'b' },
  retry: { attempts: 1, baseDelayMs: 1 },
}
const WRITE = { ...CALL, unsupportedFields: 'drop', onWarning: () => undefined, vendor: {} }
const BATCH = { ...CALL, concurrency: 2, onProgress: () => undefined }
const QUERY = {
  ...CALL,
  where: { email: { exists: true }, name: { in: ['Ana'] }, customFields: { plan: 'pro' } },
  pageSize: 2,
  includeDeleted: true,
}

/** A good call of each operation and method: what it is called with. */
export const goodCalls: Readonly<Record<string, readonly unknown[]>> = {
  list: [QUERY],
  explain: [QUERY],
  count: [{ ...CALL, where: QUERY.where }],
  search: ['ana', { ...CALL, pageSize: 2 }],
  get: [{ id: ID }, { ...CALL, scan: true }],
  find: [{ email: 'ana@example.com' }, { ...CALL, scan: true }],
  create: [CONTACT, WRITE],
  update: [ID, CONTACT, { ...WRITE, scan: true }],
  delete: [ID, { ...CALL, scan: true }],
  upsert: [CONTACT, { ...WRITE, by: 'externalId', scan: true, outcome: 'exact' }],
  createMany: [[CONTACT, { name: 'Bo' }], { ...BATCH, ...WRITE }],
  updateMany: [[{ ref: ID, patch: CONTACT }], { ...BATCH, ...WRITE, scan: true }],
  upsertMany: [[CONTACT], { ...BATCH, ...WRITE, by: 'externalId', scan: true, dryRun: true }],
  deleteMany: [[ID, { id: ID }], { ...BATCH, scan: true }],
  'conversations.list': [ID, { ...CALL, channelTypes: ['web'], pageSize: 2, scan: true }],
  'comments.list': [ID, { ...CALL, channelTypes: ['web'], pageSize: 2 }],
  'comments.create': [ID, { text: 'Called back' }, { ...CALL, scan: true }],
  'comments.delete': [ID, ID, { ...CALL, scan: true }],
  'files.list': [ID, { ...CALL, pageSize: 2 }],
  'activities.list': [ID, { ...CALL, pageSize: 2 }],
  'avatar.upload': [{ data: new Uint8Array(2), name: 'a.png', type: 'image/png' }, CALL],
  'notifications.list': [{ ...CALL, pageSize: 2 }],
  'notifications.markRead': [[ID], CALL],
  'notifications.dismiss': [ID, CALL],
  'notifications.dismissAll': [CALL],
  'contactMethods.list': [ID, { ...CALL, pageSize: 2 }],
  'contactMethods.get': [METHOD_ID, CALL],
  'contactMethods.getByExternalId': ['x', CALL],
  'contactMethods.getByMetadata': ['a', 'b', CALL],
  'contactMethods.create': [ID, METHOD, CALL],
  'contactMethods.createMany': [ID, [METHOD], BATCH],
  'contactMethods.update': [METHOD_ID, { label: 'home', customFields: { a: 1 } }, CALL],
  'contactMethods.delete': [METHOD_ID, CALL],
  'contactMethods.getPrimary': [ID, 'email', CALL],
  'contactMethods.setPrimary': [METHOD_ID, CALL],
  'contactMethods.sync': [ID, [METHOD], CALL],
  request: [
    { method: 'POST', path: `/v1/things/${ID}`, query: { take: 2, tags: ['a', 'b'] }, json: CONTACT },
    CALL,
  ],
  toArray: [{ limit: 2 }],
  exportCsv: [
    {
      ...QUERY,
      columns: ['name', 'customFields.plan'],
      header: true,
      bom: true,
      delimiter: ';',
      formulaEscape: true,
      excelSafe: true,
    },
  ],
  copyContacts: [
    {
      ...CALL,
      by: 'externalId',
      where: QUERY.where,
      unsupportedFields: 'drop',
      dryRun: true,
      scan: true,
      map: (input: unknown) => input,
      concurrency: 2,
      onProgress: () => undefined,
    },
  ],
}
