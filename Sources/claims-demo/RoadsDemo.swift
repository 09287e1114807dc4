import ArgumentParser
import BankSimulator
import CareRoads
import ClaimsDomain
import Foundation

struct RoadsDemo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roads",
    abstract: "The same care by every road and with every slip: what becomes of it, counted at the bank.")

  @Option(help: "Only rows whose name contains this text.")
  var only: String?

  func validate() throws {
    guard !rows.isEmpty else { throw ValidationError("--only: no row of `claims demo roads` has this in its name") }
  }

  private var rows: [CareRow] {
    CareRow.all.filter { row in only.map { row.title.contains($0) } ?? true }
  }

  func run() async throws {
    do {
      let folder = try DemoFolder()
      let (draws, reads) = (await ChildProcess.has("pdftoppm"), await ChildProcess.has("tesseract"))
      var (broken, left) = (0, 0)
      print(Self.line("CARE THAT COMES AGAIN", "WHAT BECOMES OF IT", "PAID"))
      for (number, row) in rows.enumerated() {
        guard (draws && reads) || !row.isPaper else {
          left += 1
          print(Self.line(row.title, "not run", ""))
          continue
        }
        let (outcome, paid) = try await RoadsTrial(row: row, number: number, folder: folder).run()
        let isWell = outcome == row.outcome && paid == row.paid
        if !isWell { broken += 1 }
        print(
          Self.line(row.title, outcome.joined(separator: ", "), paid)
            + (isWell ? "" : "  BROKEN: \(row.outcome.joined(separator: ", ")), \(row.paid)"))
      }
      try end(broken: broken, left: left)
    } catch {
      throw ExitStatus.of(error)
    }
  }

  /// - Throws: the exit status if a row is not as it must be, or was not run.
  private func end(broken: Int, left: Int) throws {
    guard broken == 0 else {
      print("\n\(broken) of \(rows.count) are not as they must be")
      throw ExitStatus.checkFailed
    }
    guard left == 0 else {
      print("\n\(left) of \(rows.count) were not run: run apt-get install poppler-utils tesseract-ocr")
      throw ExitStatus.unavailable
    }
    print("\nall \(rows.count) are as they must be: no care is paid twice, and none that was given twice is refused")
  }

  private static func line(_ title: String, _ outcome: String, _ paid: String) -> String {
    title.padded(to: 60) + outcome.padded(to: 30) + paid.padded(toRight: 8)
  }
}

/// One row: a fresh store, a fresh bank over HTTP, and what has left the bank by its own books.
struct RoadsTrial {
  let row: CareRow
  let number: Int
  let folder: DemoFolder

  func run() async throws -> (outcome: [String], paid: String) {
    let store = try DemoStore(makingAt: folder.file("roads-\(number).db"))
    let files = folder.file("roads-\(number)")
    try FileManager.default.createDirectory(atPath: files, withIntermediateDirectories: true)
    return try await DemoBank.open(at: folder.file("roads-\(number).bank.db")) { bank, url in
      let trial = CareTrial(row, in: files) { arguments in
        let asksBank = arguments.first == "process" || arguments.dropFirst().first == "accept"
        let options = ["--store", "sqlite:\(store.path)"] + (asksBank ? ["--gateway", url] : [])
        let run = try await ChildProcess.run(.claims, arguments + options)
        guard case .exited(let status) = run.ending else { throw DemoError.ended(arguments.first ?? "", run.errors) }
        return CareTrial.Said(run.output, status: status)
      } draw: { pdf, picture in
        try await ChildProcess.draw(pdf, as: picture)
      }
      let outcome = try await trial.run()
      return (outcome, try await bank.totals().net.description)
    }
  }
}
