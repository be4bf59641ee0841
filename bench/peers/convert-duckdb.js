// Does the same conversion as our command, in SQL with two threads. Checks nothing. The arguments
// are the export and the output file.
import { DuckDBInstance } from '@duckdb/node-api';

const [source, target] = process.argv.slice(2).map((path) => path.replaceAll("'", "''"));
const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
await connection.run(`
  COPY (SELECT
    "ClientID" AS ClientId,
    epoch(strptime("Дата звонка", '%d.%m.%Y %H:%M:%S'))::BIGINT - 10800 AS DateTime,
    replace("Сумма", ',', '.') AS Price,
    'RUB' AS Currency,
    '+7' || right(regexp_replace("Телефон", '\\D', '', 'g'), 10) AS PhoneNumber,
    split_part("Длительность", ':', 1)::INT * 3600 + split_part("Длительность", ':', 2)::INT * 60
      + split_part("Длительность", ':', 3)::INT AS TalkDuration,
    "Ожидание" AS HoldDuration,
    CASE "Пропущен" WHEN 'да' THEN '1' ELSE '0' END AS CallMissed,
    "Метка" AS Tag
  FROM read_csv('${source}', header = true, all_varchar = true, delim = ';', quote = '"'))
  TO '${target}' (HEADER, DELIMITER ',')
`);
