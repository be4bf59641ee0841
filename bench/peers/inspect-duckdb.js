// Computes what `inspect` computes, in SQL with two threads. Prints only the number of rows of each
// result.
import { DuckDBInstance } from '@duckdb/node-api';

const path = process.argv[2].replaceAll("'", "''");
const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
await connection.run(`
  CREATE TEMP TABLE calls AS
  SELECT to_timestamp(DateTime::BIGINT) AT TIME ZONE 'UTC' AS began, * FROM read_csv('${path}',
    header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')
`);
for (const sql of [
  'SELECT count(*), min(began), max(began), count(ClientId), count(UserId), count(Yclid) FROM calls',
  'SELECT began::DATE, count(*) FROM calls GROUP BY 1',
  'SELECT isodow(began), hour(began), count(*) FROM calls GROUP BY 1, 2',
  "SELECT count(*) FILTER (WHERE StaticCall = '1'), count(*) FILTER (WHERE CallMissed = '1') FROM calls",
  'SELECT quantile_disc(TalkDuration::BIGINT, [0.5, 0.9]), max(TalkDuration::BIGINT) FROM calls',
  'SELECT quantile_disc(HoldDuration::BIGINT, [0.5, 0.9]), max(HoldDuration::BIGINT) FROM calls',
  'SELECT Currency, count(Price), sum(Price::DOUBLE) FROM calls GROUP BY 1',
  'SELECT Tag, count(*) FROM calls GROUP BY 1 ORDER BY 2 DESC LIMIT 5',
  'SELECT count(*) - count(DISTINCT hash(ClientId, UserId, DateTime, Price, PhoneNumber, Tag)) FROM calls',
]) {
  const reader = await connection.runAndReadAll(sql);
  console.log(reader.getRows().length);
}
