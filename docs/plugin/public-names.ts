import { Application, Models, type ProjectReflection } from 'typedoc'
import { publicPackages } from './repository.ts'

/** Types that public ones are made of and that nobody has to name. */
const INNER: ReadonlySet<string> = new Set([
  'AbsentProblem',
  'BatchOptionsOf',
  'Bytes',
  'CallLog',
  'CannotGoBy',
  'CONTACT_OUTCOMES',
  'capabilities',
  'CapabilityOf',
  'ClaimsOf',
  'ClaimsOfNeeds',
  'ContactRecordSchema',
  'DeclaredContact',
  'DeclaredFieldsOf',
  'DeclaredOperation',
  'DeletionProblem',
  'ENVIRONMENTS',
  'FieldsOf',
  'Given',
  'GroupNeed',
  'GroupOf',
  'GroupRef',
  'GroupScanRef',
  'GroupSpec',
  'Impossible',
  'IsBoth',
  'IsOne',
  'IsTold',
  'KeepProblem',
  'KeyKinds',
  'KeyProblem',
  'KeysOf',
  'LostProblem',
  'MaybeOperation',
  'NativeKeys',
  'NeededCapabilities',
  'NeededOperation',
  'Nothing',
  'Nullish',
  'OrderFields',
  'OutcomeOption',
  'PlaceProblem',
  'PlainFields',
  'Problem',
  'ReadableKeyOf',
  'RefOrHint',
  'ScanKeys',
  'SourceKey',
  'SourceProblem',
  'SplitConditions',
  'TargetKey',
  'TargetProblem',
  'Text',
  'ValueOf',
  'WithoutUndefined',
  'Written',
])

/**
 * The model's types are inferred from valibot schemas, by which TypeScript gives a property's one declaration twice; TypeDoc
 * then warns of several comments although they are one and the same. That warning is dropped, so that every other one can
 * fail the build.
 */
export function dropRepeatedCommentWarnings(app: Application): void {
  const { logger } = app
  const warn = logger.warn.bind(logger)
  logger.warn = (text: string, ...rest: []) => {
    if (!text.includes('has multiple declarations with a comment')) warn(text, ...rest)
  }
}

/** Warns of a type that is part of what a package exports and is not exported itself, as TypeDoc does for one package alone. */
export function checkNamesArePublic(app: Application): void {
  const ours = new Set(publicPackages().map(({ name }) => name))
  app.on(Application.EVENT_VALIDATE_PROJECT, (project: ProjectReflection) => {
    const inner = new Set<string>()
    for (const type of referencesIn(project)) {
      if (type.reflection || type.refersToTypeParameter || type.isIntentionallyBroken()) continue
      if (type.package === undefined || !ours.has(type.package) || inner.has(type.qualifiedName)) continue
      inner.add(type.qualifiedName)
      if (!INNER.has(type.qualifiedName)) {
        app.logger.validationWarning(
          `${type.qualifiedName} of ${type.package} is used by what is public, and not exported`,
        )
      }
    }
    for (const name of INNER) {
      if (!inner.has(name)) app.logger.validationWarning(`${name} is listed as an inner type, and is none`)
    }
  })
}

function referencesIn(project: ProjectReflection): Models.ReferenceType[] {
  const found: Models.ReferenceType[] = []
  const visitor = Models.makeRecursiveVisitor({
    reference(type) {
      found.push(type)
      for (const each of type.typeArguments ?? []) each.visit(visitor)
    },
  })
  for (const each of Object.values(project.reflections)) {
    if (each.isDeclaration()) {
      for (const type of [...(each.extendedTypes ?? []), ...(each.implementedTypes ?? [])])
        type.visit(visitor)
    }
    if (each.isDeclaration() || each.isSignature() || each.isParameter() || each.isTypeParameter()) {
      each.type?.visit(visitor)
    }
  }
  return found
}
