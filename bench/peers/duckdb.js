// Does the same checks as our command, in SQL with DuckDB on all cores. Like the other programs,
// DuckDB reads every value as text.
import { DuckDBInstance } from '@duckdb/node-api';

const now = Math.floor(Date.now() / 1000);
const path = process.argv[2].replaceAll("'", "''");
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const reader = await connection.runAndReadAll(`
  SELECT count(*), count(*) FILTER (WHERE NOT (
    regexp_full_match(coalesce(ClientId, ''), '\\d{0,20}')
    AND regexp_full_match(coalesce(Yclid, ''), '\\d{0,20}')
    AND coalesce(ClientId, UserId, Yclid) IS NOT NULL
    AND regexp_full_match(DateTime, '\\d{1,15}')
    AND DateTime::BIGINT <= ${now}
    AND DateTime::BIGINT >= ${now - 21 * 86_400}
    AND regexp_full_match(coalesce(StaticCall, ''), '[01]?')
    AND regexp_full_match(coalesce(Price, ''), '(-?\\d+(\\.\\d+)?)?')
    AND regexp_full_match(coalesce(Currency, ''), '([A-Z]{3})?')
    AND (Price IS NULL OR Currency IS NOT NULL)
    AND regexp_full_match(coalesce(PhoneNumber, ''), '(\\+[1-9]\\d{6,14})?')
    AND regexp_full_match(coalesce(TalkDuration, ''), '\\d*')
    AND regexp_full_match(coalesce(HoldDuration, ''), '\\d*')
    AND NOT (CallMissed = '1' AND coalesce(TalkDuration, '0')::BIGINT > 0)
    AND regexp_full_match(coalesce(CallMissed, ''), '[01]?')
    AND regexp_full_match(coalesce(URL, ''), '(https?://[^\\s/?#]\\S*)?')
  )), count(*) - count(DISTINCT hash(ClientId, UserId, Yclid, DateTime, StaticCall, Price, Currency,
    PhoneNumber, TalkDuration, HoldDuration, CallMissed, Tag, URL))
  FROM read_csv('${path}', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')
`);
console.log(...reader.getRows()[0]);
