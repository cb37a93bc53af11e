/**
 * The model's types are inferred from valibot schemas, by which TypeScript gives a property's one declaration twice; TypeDoc
 * then warns of several comments although they are one and the same. That warning is dropped, so that every other one can
 * fail the build.
 *
 * @param {import('typedoc').Application} app
 */
export function load(app) {
  const { logger } = app
  const warn = logger.warn.bind(logger)
  logger.warn = (text, ...rest) => {
    if (!text.includes('has multiple declarations with a comment')) warn(text, ...rest)
  }
}
