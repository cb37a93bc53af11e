/**
 * The words in which APIs say what went wrong. A value that consists of them tells nothing about anybody, and taking it out would
 * spoil the message: a contact who is called "Not" must not make `[redacted] found` of `not found`.
 */
export const KNOWN_WORDS: ReadonlySet<string> = setOf(`
  a about absent accept accepted access account accounts action active activity address addresses admin after again all allowed
  already also an and another any api app application are argument arguments array as asc at attribute attributes audience auth
  authenticated authentication authorization authorized avatar available back bad batch be because been before being between
  blank blocked body boolean both but by call cannot cant case change changed channel character characters check client clients
  code comment comments conflict connection constraint contact contacts content conversation conversations could count create
  created creating credential credentials credit current cursor custom customer customers customfields data database date day
  days deadline default delete deleted denied desc description did different disabled do does done dont down duplicate
  duplicated each either email emails empty enabled endpoint entity entry enum equal error errors exceed exceeded exceeds exist
  existing exists expected expired external externalid fail failed failure fax false field fields file files filter first for
  forbidden format found from gateway given go got group had has have header here hook host hour hours id identifier ids if in
  inactive incorrect input integer internal into invalid is issue it item items its json key keys label language last later
  length less lifecycle limit limited limits list local locale locked long longer lookup mail malformed many match matches max
  maximum may message meta metadata method methods min minimum minute minutes missing mobile model more must name names network
  never new nickname no none not note notes nothing notification notifications null number numbers object of off offset ok on
  once one only open operation option optional or order organization other out over owner page pages parameter parameters parse
  part patch path payload pending per permission permissions phone phones plan please policy position present primary problem
  process properties property provide provided provider public query quota range rate read reached reason received record
  records redirect reference refused reject rejected request requested requests require required requires reset resource
  resources response result results retry role route row same scope search second seconds secret see server service session set
  short should size some something sort source space spaces stack status still store stored string sub subscribed subscription
  such support supported tag tags take taken task tasks temporarily temporary text than that the their them then there these
  they this those time timeout timezone title to token too total try true type types unable unauthenticated unauthorized
  unavailable under undefined unique unknown unprocessable unsubscribed unsupported until up update updated updating upsert url
  us use used user users uses uuid valid validation value values vendor verified version was way we were what when where which
  while who why will with within without wrong you your zero
  bearer com conflicts createdat firstname html http https lastname net org phonenumber registered updatedat violated violates violation www`)

// @__NO_SIDE_EFFECTS__
function setOf(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/))
}
