import BankSimulator
import CareRoads
import ClaimsDomain
import Foundation
import Subprocess
import TestSupport
import Testing

@Suite("The same care is paid once by whatever road it comes, and care given twice is paid twice", .postgres)
struct OneCareTests {
  @Test("electronic claims", arguments: CareRow.all.filter { !$0.isPaper }, StoreKind.allCases)
  func electronic(_ row: CareRow, on kind: StoreKind) async throws { try await check(row, on: kind) }

  @Test(
    "claims on paper, through the intake desk where a person is needed",
    .enabled(if: PaperTools.areThere, "no page tools: apt-get install poppler-utils tesseract-ocr"),
    arguments: CareRow.all.filter(\.isPaper), StoreKind.allCases)
  func paper(_ row: CareRow, on kind: StoreKind) async throws { try await check(row, on: kind) }

  private func check(_ row: CareRow, on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    let trial = CareTrial(row, in: office.folder) { arguments in
      let run = try await office.claims(arguments + store.option)
      guard case .exited(let status) = run.way else { return CareTrial.Said(run.errors, status: 70) }
      return CareTrial.Said(run.text, status: status)
    } draw: { pdf, picture in
      _ = try await Subprocess.run(
        .name("pdftoppm"), arguments: ["-r", "300", "-gray", "-png", "-singlefile", pdf, picture], output: .discarded)
    }
    #expect(try await trial.run() == row.outcome)
    #expect(try await office.bank().totals().net.description == row.paid)
    try await office.verifiesClean("--store", store.name, "--bank-db", "claims.bank.db")
  }
}
