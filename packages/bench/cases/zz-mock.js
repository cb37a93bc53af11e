const P=process.env.PORT0
const text=await (await fetch(`http://127.0.0.1:${P}/api/v1/contact/list?take=100`,{headers:{authorization:'Bearer x'}})).text()
const small=JSON.stringify({...JSON.parse(text),items:JSON.parse(text).items.slice(0,2)})
const enc=new TextEncoder()
const headers=new Headers({'content-type':'application/json','content-length':'1'})
const mock=(t)=>{const bytes=enc.encode(t); return async()=>({ok:true,status:200,headers,bodyUsed:false,body:{locked:false,getReader(){let n=0; return {async read(){return n++===0?{done:false,value:bytes}:{done:true,value:undefined}},async cancel(){}}},async cancel(){}}})}
const N=+(process.env.REQ??1000)
const run=(f)=>async()=>{for(let i=0;i<N;i++) await f(i); return {items:N,damaged:0}}
const d=new TextDecoder('utf-8',{fatal:true})
for(const _ of [1]);
export const none=async()=>run(async()=>{})
export const floor=async()=>{const fetch=mock(small); return run(async()=>{const r=await fetch(); const rd=r.body.getReader(); const {value}=await rd.read(); await rd.read(); return JSON.parse(d.decode(value))})}
export const api=async()=>{const { ContactClient } = await import('@anycontact/chatbotkit/api'); const c=new ContactClient({secret:'s',baseUrl:'http://h',fetch:mock(small)}); return run(async(i)=>c.list({take:100,cursor:'c'+i}))}
export const ours=async()=>{const { chatbotkit } = await import('@anycontact/chatbotkit'); const c=chatbotkit({secret:'s',baseUrl:'http://h',fetch:mock(small)}); return run(async(i)=>c.list({pageSize:2,cursor:'c'+i}))}
export const pages=async()=>{const { chatbotkit } = await import('@anycontact/chatbotkit'); let n=0; const page=JSON.parse(small); const bytes=()=>enc.encode(JSON.stringify({...page,items:page.items.map((x,i)=>({...x,id:x.id+n+i}))})); 
 const all=[]; for(n=0;n<=N;n++) all.push(bytes()); n=0
 const fetch=async()=>{const b= n<N? all[n++]: enc.encode('{"items":[]}'); return {ok:true,status:200,headers,bodyUsed:false,body:{locked:false,getReader(){let k=0; return {async read(){return k++===0?{done:false,value:b}:{done:true,value:undefined}},async cancel(){}}},async cancel(){}}}}
 const c=chatbotkit({secret:'s',baseUrl:'http://h',fetch}); return async()=>{let items=0; for await(const p of c.list({pageSize:2}).pages()) items++; return {items,damaged:0}}}
