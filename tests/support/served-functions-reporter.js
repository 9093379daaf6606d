const fs = require('node:fs');
const path = require('node:path');

/**
 * After a run of all tests, writes functions-served.json: function id → the passing tests that named it by `serves()`.
 * A run of some tests leaves the file as it is.
 */
class ServedFunctionsReporter {
  constructor() {
    this.passed = new Set();
  }

  onTestFileResult(_test, result) {
    for (const test of result.testResults) {
      if (test.status === 'passed') this.passed.add(keyOf(result.testFilePath, test.fullName));
    }
  }

  onRunComplete() {
    if (process.env.ANJIE_TESTS !== 'all') return;
    const served = {};
    for (const { id, file, test } of readNotes(process.env.ANJIE_SERVES_DIR)) {
      if (!this.passed.has(keyOf(file, test))) continue;
      const names = (served[id] ??= []);
      const name = `${path.relative(process.cwd(), file)}: ${test}`;
      if (!names.includes(name)) names.push(name);
    }
    const sorted = Object.fromEntries(Object.entries(served).sort(([a], [b]) => (a < b ? -1 : 1)));
    fs.writeFileSync('functions-served.json', `${JSON.stringify(sorted, null, 2)}\n`);
  }
}

function keyOf(file, test) {
  return `${file}\n${test}`;
}

function readNotes(folder) {
  const files = fs.readdirSync(folder).map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));
  return files.join('').split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

module.exports = ServedFunctionsReporter;
