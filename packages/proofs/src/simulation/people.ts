import type { Values } from './sites/index.ts'
import { valuesOf } from './sites/site.ts'
import { oneOf, type Random } from './world/chance.ts'

const GIVEN = ['Ana', 'Zoë', 'Наталья', '美咲', 'Óscar', 'Noor', "D'Arcy", 'Łukasz', '🙂 Kim', 'Ana'] as const
const FAMILY = ['Souza', 'Müller', 'O’Brien', 'Иванова', '山田', 'de la Cruz', 'Şahin', 'Nguyễn'] as const
const WORDS = ['pro', 'free', 'new', 'São Paulo', 'Łódź', 'trial', 'a,b', '"q"'] as const

/** Makes the values of contacts, each of them a new one: two that are equal were written once. */
export class People {
  #made = 0
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  /** A new value of a field. */
  value(path: string): string {
    const number = this.#made++
    switch (path) {
      case 'id':
      case 'externalId':
        return number % 3 === 0 ? `user-${number}` : `customer-of-ours-${number}`
      case 'email':
        return `user.${number}@example.com`
      case 'phone':
        return `+1415555${1000 + (number % 9000)}`
      case 'tags':
        return JSON.stringify([`t${number}`, this.#word()].sort())
      case 'name':
        return `${oneOf(this.#random, GIVEN)} ${oneOf(this.#random, FAMILY)} ${number}`
      default:
        return `${this.#word()} ${number}`
    }
  }

  /** Another way to write the same. */
  spelled(path: string, value: string): string {
    if (value === '' || !this.#random.chance(0.3)) return value
    if (path === 'email') return value.replace('user', 'User').replace('example', 'EXAMPLE')
    if (path === 'phone') return value.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 ($1) $2-$3')
    return value
  }

  /** A contact with values for most of some fields. */
  contact(paths: readonly string[]): Values {
    return valuesOf(
      Object.fromEntries(paths.map((path) => [path, this.#random.chance(0.8) ? this.value(path) : ''])),
    )
  }

  #word(): string {
    return oneOf(this.#random, WORDS)
  }
}
