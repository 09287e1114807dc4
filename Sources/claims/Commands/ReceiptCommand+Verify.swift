import ArgumentParser
import BankProtocol
import ClaimOperations
import ClaimStore
import ClaimsApp
import Signatures

extension ReceiptCommand {
  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Verify a receipt by the bank's keys, and say in plain words what it states.",
      discussion: """
        Without --keys, the key is the one that the store has on record for its bank.

        Exit status: 0 when the bank has signed it; 1 when it was changed or forged, or somebody else has signed it; 65 \
        when it is not a receipt.
        """)

    @Argument(
      help: ArgumentHelp("The file with one receipt; - for standard input.", valueName: "FILE"), completion: .file())
    var file: String

    @Option(help: ArgumentHelp("The bank's published keys: a JSON Web Key Set.", valueName: "JWKS"))
    var keys: String?

    @OptionGroup var store: StoreOptions

    @Option(name: .customLong("output"), help: "text for people, json for programs.")
    var form: OutputForm = .text

    func run() async throws {
      do {
        let keys = try await trusted()
        let text = try text()
        let result: Result<TransferReceipt, JWSDefect>
        do {
          result = .success(try TransferReceipt(verifying: text, with: keys))
        } catch {
          result = .failure(error)
        }
        try say(result)
      } catch {
        throw ExitStatus.of(error)
      }
    }

    private func say(_ result: Result<TransferReceipt, JWSDefect>) throws {
      switch (result, form) {
      case (.success(let receipt), .text): Output.say(ReceiptPage.words(for: receipt))
      case (_, .json): Output.write(ReceiptPage.json(result))
      case (.failure(let defect), .text): Terminal.complain("\(file.prefix(200)): \(ReceiptPage.words(for: defect))")
      }
      guard case .failure(let defect) = result else { return }
      throw ExitCode(defect.isNoReceipt ? .badInput : .checkFailed)
    }

    /// - Throws: `SetupError`, `StoreFailure`.
    private func trusted() async throws -> KeySet {
      if let keys { return try KeyFile(path: keys, option: "--keys").keys() }
      let link = try await store.store.openForReading().read { try $0.bankLink() }
      guard let key = link?.key else {
        throw SetupError.usage("\(store.store) has no key of a bank on record; name the bank's keys with --keys JWKS")
      }
      return KeySet([key])
    }

    /// - Throws: `SetupError.badInput`.
    private func text() throws(SetupError) -> String {
      do {
        let bytes = try SmallFile.bytes(of: file, limit: CompactJWS.byteLimit + 2)
        return String(decoding: bytes, as: UTF8.self).trimmingSuffix(while: \.isNewline)
      } catch is SmallFile.TooLarge {
        throw .badInput("\(file.prefix(200)): it is not a receipt: it is too large")
      } catch {
        throw .badInput("\(file.prefix(200)): it cannot be read")
      }
    }
  }
}

extension String {
  fileprivate func trimmingSuffix(while isRemoved: (Character) -> Bool) -> String {
    var rest = self[...]
    while let last = rest.last, isRemoved(last) { rest.removeLast() }
    return String(rest)
  }
}
