import ArgumentParser
import DurableExecution
import Foundation

/// Whoever changes something by hand says who they are and why; both are on record.
struct PersonOptions: ParsableArguments {
  @Option(help: "Why, in a few words that stay on record.")
  var reason: String

  @Option(help: "Who says so; without it your user name.")
  var by: String = NSUserName()

  func validate() throws {
    do {
      _ = try signOff()
    } catch {
      throw ValidationError(error.description)
    }
  }

  func signOff() throws(SignOffDefect) -> SignOff { try SignOff(by: by, reason: reason) }
}
