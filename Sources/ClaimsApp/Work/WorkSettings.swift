/// How a worker takes work.
package struct WorkSettings: Sendable {
  /// Batches worked on at once.
  package var jobs: Int
  /// Claims leased at once by a job.
  package var batch: Int
  /// How long a batch is ours without a sign of life.
  package var lease: Duration
  /// How often a claim may be taken up by workers that die at it.
  package var attempts: Int
  /// End when nothing waits and nobody is at work.
  package var stopsWhenEmpty: Bool

  package init(
    jobs: Int = 2, batch: Int = 100, lease: Duration = .seconds(30), attempts: Int = 5,
    stopsWhenEmpty: Bool = false
  ) {
    self.jobs = jobs
    self.batch = batch
    self.lease = lease
    self.attempts = attempts
    self.stopsWhenEmpty = stopsWhenEmpty
  }
}
