// Checks a file, and names what is wrong in it.
import { validateCalls } from 'metrika-calls';

const { ok, rows, validation } = await validateCalls('calls.csv');
console.log(ok ? `${rows} calls, ready to send` : `${validation.errors} errors`);
for (const { severity, line, message, hint } of validation.findings) {
  console.log(`${severity}, line ${line}: ${message} ${hint}`);
}
