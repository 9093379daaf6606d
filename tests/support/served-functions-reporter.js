const fs = require('node:fs');
const path = require('node:path');

/**
 * Keeps functions-served.json: function id → the tests that named it by `serves()` and passed when they last ran. A run of
 * all tests writes it anew. A run of some replaces what those tests proved, and leaves the proofs of tests that did not run.
 */
class ServedFunctionsReporter {
  constructor(_globalConfig, { file = 'functions-served.json' } = {}) {
    this.file = file;
    /** Test file → full name of each of its tests → its status. */
    this.ran = new Map();
  }

  onTestFileResult(_test, result) {
    this.ran.set(relative(result.testFilePath), new Map(result.testResults.map(({ fullName, status }) => [fullName, status])));
  }

  onRunComplete(_contexts, results) {
    const at = new Date().toISOString();
    const whole = process.env.ANJIE_TESTS === 'all' && !results.wasInterrupted;
    const before = whole ? NOTHING : readServed(this.file);
    const served = {};
    for (const [id, proofs] of Object.entries(before.served)) {
      for (const proof of proofs) if (this.stillStands(proof)) add(served, id, proof);
    }
    for (const { id, file, test } of readNotes(process.env.ANJIE_SERVES_DIR)) {
      const proof = { file: relative(file), test, at };
      if (this.ran.get(proof.file)?.get(test) === 'passed') add(served, id, proof);
    }
    const sorted = Object.fromEntries(Object.entries(served).sort(([a], [b]) => (a < b ? -1 : 1)));
    const temporary = `${this.file}.${process.pid}.tmp`;
    fs.writeFileSync(temporary, `${JSON.stringify({ wholeRunAt: whole ? at : before.wholeRunAt, served: sorted }, null, 2)}\n`);
    fs.renameSync(temporary, this.file);
  }

  /** A proof of an earlier run: its test did not run now and is still there. */
  stillStands({ file, test }) {
    const tests = this.ran.get(file);
    return tests ? tests.get(test) === 'pending' : fs.existsSync(file);
  }
}

const NOTHING = { wholeRunAt: null, served: {} };

function readServed(file) {
  if (!fs.existsSync(file)) return NOTHING;
  const content = JSON.parse(fs.readFileSync(file, 'utf8'));
  return content.served ? content : NOTHING;
}

function add(served, id, proof) {
  const proofs = (served[id] ??= []);
  if (!proofs.some(({ file, test }) => file === proof.file && test === proof.test)) proofs.push(proof);
}

function relative(file) {
  return path.relative(process.cwd(), file);
}

function readNotes(folder) {
  const files = fs.readdirSync(folder).map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));
  return files.join('').split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

module.exports = ServedFunctionsReporter;
