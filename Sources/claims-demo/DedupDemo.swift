import ArgumentParser
import ClaimsApp
import ClaimsDomain
import Foundation

struct DedupDemo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dedup",
    abstract: "The same claims, worked on more than once: first without business keys, then with them.")

  func run() async throws {
    do {
      let folder = try DemoFolder()
      print(Self.header)
      var harm = 0
      for demo in DedupCase.allCases {
        print(demo.title)
        for withKeys in [false, true] {
          let figures = try await DedupTrial(demo: demo, withKeys: withKeys, folder: folder).run()
          if withKeys { harm += figures.duplicates + Int(figures.atRisk.cents) }
          print(Self.row(withKeys ? "keys on" : "keys off", figures))
        }
      }
      print(
        """

        paid twice: payments beyond the first of a claim, and what they come to.
        at risk:    what the bank has paid and our own books know nothing of.
        """)
      if harm > 0 { throw ExitStatus.checkFailed }
    } catch {
      throw ExitStatus.of(error)
    }
  }

  private static var header: String {
    "".padded(to: 14) + "claims paid".padded(toRight: 13) + "payments".padded(toRight: 11)
      + "paid twice".padded(toRight: 13) + "money lost".padded(toRight: 13) + "at risk".padded(toRight: 13)
  }

  private static func row(_ name: String, _ figures: DedupTrial.Figures) -> String {
    "  \(name)".padded(to: 14) + "\(figures.claims)".padded(toRight: 13) + "\(figures.payments)".padded(toRight: 11)
      + "\(figures.duplicates)".padded(toRight: 13) + "\(figures.lost)".padded(toRight: 13)
      + "\(figures.atRisk)".padded(toRight: 13)
  }
}

enum DemoError: Error, CustomStringConvertible {
  case notBuilt(String)
  case notKilled(String)
  case faultDidNotFire(String)
  case ended(String, String)
  case noBank
  case noPicture(String)

  var description: String {
    switch self {
    case .notBuilt(let path): "there is no \(path); build it with `swift build` and keep both programs in one folder"
    case .notKilled(let errors): "the process that was to be killed lived on: \(errors)"
    case .faultDidNotFire(let fault): "the fault \(fault) did not strike; the case shows nothing"
    case .ended(let command, let errors): "`claims \(command)` was ended by a signal: \(errors)"
    case .noBank: "the practice bank could not be served on a port of this machine"
    case .noPicture(let errors): "pdftoppm drew no page (run: apt-get install poppler-utils): \(errors)"
    }
  }
}
