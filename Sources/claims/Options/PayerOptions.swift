import ArgumentParser
import ClaimsApp

/// Who pays, as remittances and acknowledgments name it.
struct PayerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Who pays: name, numbers, address and contacts, as Fixtures/payer/payer.yaml has them. Without it the sample.",
      valueName: "FILE"))
  var payer: String?

  /// - Throws: `SetupError`.
  func source() throws(SetupError) -> PayerSource {
    let source = try PayerSource(path: payer)
    if source.isSample {
      Terminal.complain("the payer is the sample one, and its files are marked as test data; name yours with --payer")
    }
    return source
  }
}
