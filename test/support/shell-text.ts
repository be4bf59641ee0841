import fc from 'fast-check';

/** Random texts with characters that are special in shells. */
export const shellText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc
    .array(
      fc.constantFrom(
        ...['"', "'", '`', '$', '$(x)', '%PATH%', '!x!', '\\', '&', '|', '<', '>', '^', ';', ','],
        ...['(', ')', '{', '}', '[', ']', '*', '?', '~', '#', '@', '=', ' ', '\t', '\n', '’', '“'],
        ...['Телефон', 'a', '1', '-', '--x', '\u202e', '\0'],
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);
