import ArgumentParser

/// All claims that a filter finds, in place of one. They are shown first, and acted on once that was confirmed.
struct BulkOptions: ParsableArguments {
  @Flag(help: "In place of one: all that match the conditions. Without --confirm they are only counted.")
  var all = false

  @Option(
    help: ArgumentHelp(
      "The digest that the same command has printed without --confirm. It is refused if what matches has changed since.",
      valueName: "DIGEST"))
  var confirm: String?

  @OptionGroup(title: "Which claims") var conditions: FilterOptions

  /// The most claims of one act.
  static let limit = 10_000

  /// - Parameter name: what names one claim; nil where it is absent.
  /// - Throws: `ValidationError` unless either one is named or all.
  func validate(beside name: String?) throws {
    guard all == (name == nil) else { throw ValidationError("name one, or --all that match") }
    guard all || (confirm == nil && conditions.given.isEmpty) else {
      throw ValidationError("--confirm and conditions go with --all")
    }
  }
}
