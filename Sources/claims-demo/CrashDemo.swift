import ArgumentParser
import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableSQL
import DurableSQLite
import Foundation
import Sabotage

struct CrashDemo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "crash",
    abstract: "Kill a run with SIGKILL at each of its steps in turn, run it again, and count at the bank.")

  @Option(help: "Only every so many steps.")
  var every = 1

  func validate() throws {
    guard every >= 1 else { throw ValidationError("--every must be 1 or more") }
  }

  func run() async throws {
    do {
      let folder = try DemoFolder()
      let watch = DeathWatch()
      let expected = try await CrashTrial(folder: folder, name: "whole").expected(watch)
      let steps = watch.calls
      print("\(steps.count) steps; without a crash the bank makes \(expected) payments\n")
      var broken = 0
      for number in stride(from: 1, through: steps.count, by: every) {
        let trial = CrashTrial(folder: folder, name: "\(number)")
        let figures = try await trial.figures(dyingBefore: number)
        let isWell = figures.payments == expected && figures.duplicates == 0 && figures.unfinished == 0
        if !isWell { broken += 1 }
        print(
          "\(number)".padded(toRight: 4) + "  killed before \(steps[number - 1])".padded(to: 46)
            + (isWell ? "finished: " : "BROKEN: ")
            + "\(figures.payments) payments, \(figures.duplicates) twice, \(figures.unfinished) claims unfinished")
      }
      guard broken == 0 else {
        print("\n\(broken) of \(steps.count) crashes were not made good")
        throw ExitStatus.checkFailed
      }
      print("\nevery crash was made good: each claim paid once, none lost")
    } catch {
      throw ExitStatus.of(error)
    }
  }
}

/// A run that is killed, and the run after it.
struct CrashTrial {
  let folder: DemoFolder
  let name: String

  struct Figures {
    var payments: Int
    var duplicates: Int
    var unfinished: Int
  }

  private var path: String { folder.file("\(name).db") }

  private func bank() throws -> Bank { try Bank(path: StoreLocation.sqlite(path: path).bankPath) }

  /// Runs the claims undisturbed in this process while the watch records the steps.
  func expected(_ watch: DeathWatch) async throws -> Int {
    let store = try DemoStore(makingAt: path)
    try await SampleRun(claims: folder.claims, store: store, gateway: nil, lease: .seconds(5))
      .run(watch, forgetting: false)
    return try await bank().transfers().count
  }

  func figures(dyingBefore number: Int) async throws -> Figures {
    let store = try DemoStore(makingAt: path)
    let lease = Duration.milliseconds(200)
    let killed = try await folder.trial(store: path, gateway: nil, lease: lease, ["--die-before", "\(number)"])
    guard killed.ending == .killed(signal: 9) else { throw DemoError.notKilled(killed.errors) }
    _ = try await folder.process(store: path, gateway: nil, lease: lease)
    let unfinished = try await store.open().read { try $0.unfinished(after: nil, limit: 100).count }
    return Figures(
      payments: try await bank().transfers().count, duplicates: try await bank().duplicates().count,
      unfinished: unfinished)
  }
}
