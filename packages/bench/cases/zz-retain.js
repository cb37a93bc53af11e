// which allocations survive scavenges: sampling heap profiler with only live objects at the end, no major GC
import inspector from 'node:inspector'
const [module, name, env] = process.argv.slice(2)
const programs = await import(module); const work = await programs[name](JSON.parse(env))
await work()
globalThis.gc?.()
const s=new inspector.Session(); s.connect()
const post=(m,p)=>new Promise((r,j)=>s.post(m,p,(e,x)=>e?j(e):r(x)))
await post('HeapProfiler.enable')
await post('HeapProfiler.startSampling',{samplingInterval:4096, includeObjectsCollectedByMajorGC:true})
await work()
const {profile}=await post('HeapProfiler.stopSampling')
const agg={}; let tot=0
const walk=n=>{const k=n.callFrame.functionName+' '+n.callFrame.url.replace(/.*packages\//,'')+':'+(n.callFrame.lineNumber+1); agg[k]=(agg[k]??0)+n.selfSize; tot+=n.selfSize; n.children.forEach(walk)}
walk(profile.head)
console.log('total',(tot/1e6).toFixed(1),'MB'); Object.entries(agg).sort((a,b)=>b[1]-a[1]).slice(0,30).forEach(([k,v])=>console.log((v/1e6).toFixed(2).padStart(7),k))
