import ArgumentParser
import Foundation
import StrictText

/// Whoever changes something by hand says who they are and why; both are on record.
struct PersonOptions: ParsableArguments {
  @Option(help: "What has changed, so that it may be tried again.")
  var reason: String

  @Option(help: "Who says so; without it your user name.")
  var by: String = NSUserName()

  func validate() throws {
    for (name, text) in [("--reason", reason), ("--by", by)] where text.holdsControl {
      throw ValidationError("\(name) must hold no line break and no other control character")
    }
  }
}
