import ArgumentParser
import ClaimsApp

struct MigrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate",
    abstract: "Bring the schema of a store up to date, or tell what that would take.",
    discussion: """
      Every command that writes does so by itself; this one is for doing it beforehand, as somebody who may. Any number \
      of processes may start at once: one takes the steps, the others wait and find them taken.

      EXAMPLES
        claims migrate --store postgres:///claims
        claims migrate --status                    what is pending; exit status 1 when something is
      """)

  @OptionGroup var store: StoreOptions

  @Flag(help: "Only tell, and change nothing.")
  var status = false

  func run() async throws {
    do {
      let location = store.store
      let before = try await location.schemaStanding()
      if status {
        Output.say("\(location) has schema \(before.found), this program knows \(before.known)")
        guard !before.isUpToDate else { return Output.say("nothing is pending") }
        Output.say("pending: \(before.pending.joined(separator: ", "))")
        throw ExitCode(ExitStatus.checkFailed)
      }
      try await location.migrate()
      Output.say(
        before.isUpToDate
          ? "\(location) is up to date: schema \(before.found)"
          : "\(location) was brought from schema \(before.found) to \(before.known)")
    } catch {
      throw ExitStatus.of(error)
    }
  }
}
