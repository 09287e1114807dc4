import ArgumentParser
import ClaimsApp
import DurableExecution
import Foundation

/// What `claims demo` switches on in the processes it starts. Not for work that matters, and not shown in help.
struct ExperimentOptions: ParsableArguments {
  @Flag(help: "Make a fresh key for every call, as retry code without business keys does.")
  var withoutKeys = false

  @Option(help: "Die of SIGKILL just before the call of this number to store or bank.")
  var dieBefore: Int?

  @Flag(help: "Die of SIGKILL when the bank has paid a batch and before that is on record.")
  var dieAfterPayment = false

  @Flag(help: "Stop, by SIGSTOP, when a batch is about to be paid.")
  var freezeBeforePayment = false

  @Flag(help: "Stop, by SIGSTOP, when the bank has paid a batch and before that is on record.")
  var freezeAfterPayment = false

  @Option(help: "Lease of pending payments, in milliseconds.")
  var leaseMilliseconds: Int?

  func apply(to configuration: inout ClaimsConfiguration) {
    if withoutKeys {
      configuration.keys = .perCall { UUID().uuidString }
      configuration.hasProtections = false
    }
    if let leaseMilliseconds { configuration.leaseDuration = .milliseconds(leaseMilliseconds) }
    if let dieBefore { configuration.deathWatch = DeathWatch(dyingAt: .before(dieBefore)) }
    if freezeBeforePayment { configuration.deathWatch = DeathWatch(freezingAt: .beforePayment) }
    if freezeAfterPayment { configuration.deathWatch = DeathWatch(freezingAt: .afterPayment) }
    if dieAfterPayment { configuration.deathWatch = DeathWatch(dyingAt: .afterPayment) }
  }
}
