import fs from 'node:fs'
import { createRequire } from 'node:module'
const [module, name, env, reps='1'] = process.argv.slice(2)
const programs = await import(module); const work = await programs[name](JSON.parse(env))
const snap=()=>Object.fromEntries(fs.readdirSync('/proc/self/task').map(t=>{const s=fs.readFileSync(`/proc/self/task/${t}/stat`,'utf8'); const f=s.slice(s.lastIndexOf(')')+2).split(' '); return [t,[+f[11]*10,+f[12]*10]]}))
let out=[]
for(let i=0;i<+reps;i++){const a=snap(), u0=process.cpuUsage(); await work(); const b=snap(),u=process.cpuUsage(u0)
const main=String(process.pid); let ou=0,os=0; for(const t in b) if(t!==main){ou+=b[t][0]-(a[t]?.[0]??0); os+=b[t][1]-(a[t]?.[1]??0)}
out.push(`cpu ${((u.user+u.system)/1000).toFixed(0)} main ${b[main][0]-a[main][0]}u+${b[main][1]-a[main][1]}s others ${ou}u+${os}s`)}
console.log(name, out.join(' | '))
