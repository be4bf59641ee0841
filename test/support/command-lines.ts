/** Returns the command lines in all code blocks of a document. */
export function commandLines(document: string): string[] {
  const blocks = [...document.matchAll(/```(?:sh|cron|yaml)\n([\s\S]*?)```/g)].map(
    ([, block = '']) => block,
  );
  return blocks.flatMap((block) =>
    block
      .split('\n')
      .flatMap(
        (line) =>
          /(?:METRIKA_\w+=\S+ )?(?:curl .*\| )?(?:npm|metrika-calls) .*$/.exec(line)?.[0] ?? [],
      ),
  );
}
