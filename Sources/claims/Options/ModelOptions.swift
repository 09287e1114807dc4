import ArgumentParser
import ClaimOperations
import ClaimsApp

/// Whether a language model is asked about paper forms in doubt. There is no option for its token, since others on the machine
/// can see a command line.
struct ModelOptions: ParsableArguments {
  @Option(
    name: .customLong("send-pages-to"),
    help: ArgumentHelp(
      "Send the pages of paper forms in doubt, which have members' data in them, to a language model: the base URL of an "
        + "endpoint for chat completions. Without it nothing is sent.", valueName: "URL"))
  private var givenURL: String?

  @Option(
    name: .customLong("page-model"),
    help: ArgumentHelp("The model, as the endpoint calls it.", valueName: "NAME"))
  private var givenModel: String?

  @Option(
    name: .customLong("page-model-price"),
    help: ArgumentHelp(
      "What a question costs, in dollars, for the metric of what answers on record have saved.", valueName: "AMOUNT"))
  private var givenPrice: String?

  /// - Returns: nil when no pages are sent.
  /// - Throws: `SetupError.usage`.
  func configuration() throws -> PageModelConfiguration? {
    guard let url = givenURL ?? Settings.text(.sendPagesTo) else {
      guard givenModel == nil, givenPrice == nil else {
        throw SetupError.usage("--page-model and --page-model-price need --send-pages-to: without it no page is sent")
      }
      return nil
    }
    return try PageModelConfiguration(
      sendingPagesTo: url, model: givenModel ?? Settings.text(.pageModel), token: Settings.text(.pageModelToken),
      price: givenPrice ?? Settings.text(.pageModelPrice))
  }
}
