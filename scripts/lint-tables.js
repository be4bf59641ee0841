// A rule for ESLint: no table is asked for a key that may be any text. `table['constructor']` is
// never undefined, because every object inherits from Object.prototype.
import ts from 'typescript';

/** Says whether a type may be any text. */
function mayBeAnyText(type) {
  if (type.isUnion()) return type.types.some(mayBeAnyText);
  return (
    (type.flags & (ts.TypeFlags.String | ts.TypeFlags.Any | ts.TypeFlags.TemplateLiteral)) !== 0
  );
}

/** The plugin with the rule. */
export const tableLookups = {
  rules: {
    'no-inherited-lookup': {
      meta: {
        type: 'problem',
        schema: [],
        messages: {
          inherited:
            'This key may be a name of Object.prototype. Use a Map, or ownValue of src/words/own-value.ts.',
        },
      },
      create(context) {
        const { getTypeAtLocation } = context.sourceCode.parserServices;
        return {
          'MemberExpression[computed=true]'(node) {
            if (mayBeAnyText(getTypeAtLocation(node.property)))
              context.report({ node, messageId: 'inherited' });
          },
          'BinaryExpression[operator="in"]'(node) {
            if (
              node.left.type !== 'PrivateIdentifier' &&
              mayBeAnyText(getTypeAtLocation(node.left))
            )
              context.report({ node, messageId: 'inherited' });
          },
        };
      },
    },
  },
};
