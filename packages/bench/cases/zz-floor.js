const PAGE=100
const loop = (get) => async ({url}) => async () => {
  let items=0, cursor=''
  for(;;){
    const page = await get(`${url}/api/v1/contact/list?take=${PAGE}${cursor && `&cursor=${cursor}`}`)
    for (const item of page.items) { items++; if (item.name==='x') throw 1 }
    if (page.items.length===0) return {items, damaged:0}
    cursor=page.cursor
  }
}
const headers={authorization:'Bearer secret'}
export const raw = loop(async (u)=>JSON.parse(await (await fetch(u,{headers})).text()))
export const rawJson = loop(async (u)=>(await fetch(u,{headers})).json())
export const rawSignal = loop(async (u)=>{const c=new AbortController(); return JSON.parse(await (await fetch(u,{headers,signal:c.signal})).text())})
const long=new AbortController()
export const rawLongSignal = loop(async (u)=>{return JSON.parse(await (await fetch(u,{headers,signal:long.signal})).text())})
export const rawTimer = loop(async (u)=>{const c=new AbortController(); const t=setTimeout(()=>c.abort(),30000); const r= JSON.parse(await (await fetch(u,{headers,signal:c.signal})).text()); clearTimeout(t); return r})
export const rawManual = loop(async (u)=>JSON.parse(await (await fetch(u,{headers,redirect:'manual'})).text()))
export const rawAb = loop(async (u)=>JSON.parse(new TextDecoder('utf-8',{fatal:true}).decode(await (await fetch(u,{headers})).arrayBuffer())))
const d=new TextDecoder('utf-8',{fatal:true})
export const rawAb2 = loop(async (u)=>JSON.parse(d.decode(await (await fetch(u,{headers})).arrayBuffer())))
export const rawBytes = loop(async (u)=>JSON.parse(d.decode(await (await fetch(u,{headers})).bytes())))
const concat=(chunks,n)=>{ if(chunks.length===1) return chunks[0]; const j=new Uint8Array(n); let o=0; for(const c of chunks){j.set(c,o);o+=c.byteLength} return j}
export const rawReader = loop(async (u)=>{const r=(await fetch(u,{headers})).body.getReader(); const chunks=[]; let n=0; for(;;){const {done,value}=await r.read(); if(done)break; chunks.push(value); n+=value.byteLength} return JSON.parse(d.decode(concat(chunks,n)))})
export const rawAll = loop(async (u)=>{const c=new AbortController(); const t=setTimeout(()=>c.abort(),30000);
  const r=(await fetch(u,{headers,method:'GET',body:null,redirect:'manual',signal:c.signal})).body.getReader(); const chunks=[]; let n=0; for(;;){const {done,value}=await r.read(); if(done)break; chunks.push(value); n+=value.byteLength} clearTimeout(t); return JSON.parse(d.decode(concat(chunks,n)))})
const of = async (env)=> (await import('/tmp/wt/http/packages/core/node_modules/ofetch/dist/index.mjs'))
export const ofRaw = async (env)=>{ const {createFetch}=await of(); const {raw}=createFetch({fetch:(i,init)=>fetch(i,init)}); return loop(async (u)=>JSON.parse(await (await raw(u,{headers,retry:false,ignoreResponseError:true,responseType:'stream'})).text()))(env)}
const LN=/[:[,]\s*-?\d(?:[\d.]{15}|[\d.]*[eE])/
const read=async(r)=>{const rd=r.body.getReader(); const chunks=[]; let n=0; for(;;){const {done,value}=await rd.read(); if(done)break; chunks.push(value); n+=value.byteLength} return concat(chunks,n)}
const parse=(bytes,dec)=>{const t=dec.decode(bytes); const v=JSON.parse(t); if(t.includes('__proto__')||t.includes('\\u00')&&/x/.test(t)) throw 1; if(LN.test(t)) throw 2; return v}
const dof=(inner)=>async(u)=>{const c=new AbortController(); const t=setTimeout(()=>c.abort(),30000); const r=await inner(u,{headers,method:'GET',body:null,redirect:'manual',signal:c.signal}); const b=await read(r); clearTimeout(t); return b}
export const f1 = loop(async u=>parse(await dof(fetch)(u),d))
export const f2 = loop(async u=>parse(await dof(fetch)(u),new TextDecoder('utf-8',{fatal:true})))
export const f3 = async env=>{ const {createFetch}=await of(); const {raw}=createFetch({fetch:(i,{sent,...init})=>fetch(i,{...init,headers:sent})}); return loop(async u=>parse(await dof((u,{headers:h,...i})=>raw(u,{...i,sent:h,retry:false,ignoreResponseError:true,responseType:'stream'}))(u),d))(env)}
export const f0 = loop(async u=>JSON.parse(d.decode(await dof(fetch)(u))))
