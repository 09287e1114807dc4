import ArgumentParser
import ClaimOperations
import DurableExecution
import Foundation

/// A key and the epoch under which its owner has acquired it.
struct OwnedKey: ParsableArguments {
  @Argument(help: ArgumentHelp("A key that you have acquired.", valueName: "KEY"))
  var key: String

  @Option(help: "The epoch that acquire has named.")
  var epoch: Int

  var members: [String: Any] { ["key": key, "epoch": epoch] }
}

/// The response that an owner reports.
struct EffectBody: ParsableArguments {
  @Option(help: ArgumentHelp("The response, as a text.", valueName: "TEXT"))
  var body: String?

  @Option(help: ArgumentHelp("A file with the response; - for standard input.", valueName: "FILE"))
  var bodyFile: String?

  @Option(help: ArgumentHelp("Its media type; without it application/json.", valueName: "TYPE"))
  var contentType: String?

  @Option(help: ArgumentHelp("Its status, as over HTTP: without it 200, or 422 for a refusal.", valueName: "NUMBER"))
  var status: Int?

  func validate() throws {
    guard body == nil || bodyFile == nil else { throw ValidationError("give --body or --body-file, not both") }
  }

  /// - Throws: `ExitCode` when the file cannot be read.
  func members(beside owned: OwnedKey) throws -> [String: Any] {
    var members = owned.members
    members["body"] = body
    members["content_type"] = contentType
    members["status"] = status
    members["body_base64"] = try bodyFile.map { Data(try Self.bytes(of: $0)).base64EncodedString() }
    return members
  }

  /// The most bytes of a request or a response: as over HTTP.
  private static let limit = 1024 * 1024

  /// - Throws: `ExitCode` when the file cannot be read, or is too large.
  static func bytes(of path: String) throws -> [UInt8] {
    do {
      return try SmallFile.bytes(of: path, limit: limit)
    } catch is SmallFile.TooLarge {
      throw ExitStatus.of(SetupError.badInput("\(path): it has more than \(limit) bytes"))
    } catch {
      throw ExitStatus.of(SetupError.badInput("\(path): it cannot be read"))
    }
  }
}

extension EffectsCommand {
  struct Heartbeat: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "heartbeat", abstract: "Renew the lease of a key while the work goes on.")

    @OptionGroup var options: EffectOptions
    @OptionGroup var owned: OwnedKey

    @Option(help: "How long the key is yours from now on, up to 3600.")
    var leaseSeconds = 30

    func run() async throws {
      try await options.ask("heartbeat", owned.members.merging(["lease_seconds": leaseSeconds]) { $1 })
    }
  }

  struct Complete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "complete",
      abstract: "Report that the effect is done, with its response, which is kept as it is.",
      discussion: """
        EXAMPLES
          claims effects complete ship:42 --epoch 1 --body '{"parcel": "P-7"}'
          claims effects complete ship:42 --epoch 1 --body-file label.pdf --content-type application/pdf
        """)

    @OptionGroup var options: EffectOptions
    @OptionGroup var owned: OwnedKey
    @OptionGroup var response: EffectBody

    func run() async throws { try await options.ask("complete", try response.members(beside: owned)) }
  }

  struct Fail: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "fail",
      abstract: "Report that the effect was refused for good. The refusal is kept and replayed too.")

    @OptionGroup var options: EffectOptions
    @OptionGroup var owned: OwnedKey
    @OptionGroup var response: EffectBody

    func run() async throws { try await options.ask("fail", try response.members(beside: owned)) }
  }

  struct Abandon: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "abandon",
      abstract: "Give a key back under which nothing was done: the next owner may act at once.")

    @OptionGroup var options: EffectOptions
    @OptionGroup var owned: OwnedKey

    func run() async throws { try await options.ask("abandon", owned.members) }
  }
}
