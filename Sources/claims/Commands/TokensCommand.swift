import ArgumentParser
import ClaimOperations
import ClaimsAPI
import Foundation
import SystemPackage

/// A file of tokens' digests.
struct TokenFile {
  let path: String

  /// - Throws: `SetupError.badInput`.
  func text() throws(SetupError) -> String {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw .badInput(
        "--tokens \(path): cannot be read; make one with: claims tokens new NAME --role ROLE --tokens \(path)")
    }
    return text
  }

  /// Adds a line. The file is made if it is not there, readable by its owner only.
  ///
  /// - Throws: `SetupError.unavailable`.
  func append(_ line: String) throws(SetupError) {
    let before = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let text = (before.isEmpty || before.hasSuffix("\n") ? "" : "\n") + line + "\n"
    do {
      // Appending keeps the lines that other processes add at the same time.
      let file = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.append, .create], permissions: .ownerReadWrite)
      _ = try file.closeAfter { try file.writeAll(text.utf8) }
    } catch {
      throw .unavailable("--tokens \(path): cannot be written; check the disk and your rights")
    }
  }
}

struct TokensCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokens", abstract: "Make tokens for the service.", subcommands: [New.self])

  struct New: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "new",
      abstract: "Make a token, print it once, and add its digest to a file.",
      discussion: """
        ROLES: submitter sends claims; examiner reads and decides; operator looks after queue and keys; auditor reads; \
        agent keeps keys for effects of its own.
        """)

    @Argument(
      help: ArgumentHelp("Who the token is for; it is on record for everything done with it.", valueName: "NAME"))
    var name: String

    @Option(help: ArgumentHelp("What the token is for; more than once for more.", valueName: "ROLE"))
    var role: [Role]

    @Option(
      help: ArgumentHelp("The file to add it to; made if it is not there.", valueName: "FILE"), completion: .file())
    var tokens: String

    func validate() throws {
      guard TokenRegister.isName(name) else {
        throw ValidationError("a name has 1 to 64 letters, digits, and . _ - @")
      }
      guard !role.isEmpty else { throw ValidationError("give it at least one --role") }
    }

    func run() async throws {
      do {
        let file = TokenFile(path: tokens)
        if FileManager.default.fileExists(atPath: tokens) { _ = try TokenRegister(parsing: try file.text()) }
        let token = TokenRegister.newToken()
        try file.append(TokenRegister.line(for: Caller(name: name, roles: Set(role)), token: token))
        Output.say(token)
        Terminal.complain("this is shown once; only its digest is kept in \(tokens)")
      } catch let defect as TokenFileDefect {
        throw ExitStatus.of(SetupError.badInput("--tokens \(tokens): \(defect)"))
      } catch {
        throw ExitStatus.of(error)
      }
    }
  }
}

extension Role: ExpressibleByArgument {}
