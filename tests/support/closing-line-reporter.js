const fs = require('node:fs');

/**
 * Notes the counts of a run in the file that ANJIE_TEST_COUNTS names, for the closing line of `npm test`, and fails a run
 * under CI that skipped anything. A test file that could not even be loaded counts as one failure.
 */
class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    const counts = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
      skippedNames: results.testResults.flatMap((file) =>
        file.testResults.filter(({ status }) => status === 'pending' || status === 'todo').map(({ fullName }) => fullName),
      ),
    };
    if (process.env.ANJIE_TEST_COUNTS) fs.writeFileSync(process.env.ANJIE_TEST_COUNTS, JSON.stringify(counts));
    if (process.env.CI === 'true' && counts.skipped > 0) {
      this.error = new Error(`${counts.skipped} test(s) were skipped; with CI=true none may be`);
    }
  }

  getLastError() {
    return this.error;
  }
}

module.exports = ClosingLineReporter;
