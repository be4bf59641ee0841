// Does the same conversion as our command, in SQL with two threads. Checks nothing. The arguments
// are the records, the file of the CRM, and the output file.
import { DuckDBInstance } from '@duckdb/node-api';

const [records, crm, out] = process.argv.slice(2).map((path) => path.replaceAll("'", "''"));
const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
await connection.run(`
  COPY (
    WITH calls AS (
      SELECT *, '+7' || right(regexp_replace(src, '\\D', '', 'g'), 10) AS phone
      FROM read_csv('${records}', header = true, all_varchar = true, delim = ',', quote = '"')
      WHERE coalesce(outbound_cnum, '') = '' AND NOT regexp_full_match(src, '\\d{1,6}|\\*\\d*|s'))
    SELECT
      UserId,
      ClientID AS ClientId,
      epoch(strptime(calldate, '%Y-%m-%d %H:%M:%S'))::BIGINT - 10800 AS DateTime,
      CASE WHEN ClientID IS NULL THEN '1' END AS StaticCall,
      phone AS PhoneNumber,
      billsec AS TalkDuration,
      duration::INT - billsec::INT AS HoldDuration,
      CASE disposition WHEN 'ANSWERED' THEN '0' ELSE '1' END AS CallMissed
    FROM calls LEFT JOIN read_csv('${crm}', header = true, all_varchar = true, delim = ',') AS known
      ON calls.phone = known.PhoneNumber
    ORDER BY sequence::INT)
  TO '${out}' (HEADER, DELIMITER ',')
`);
