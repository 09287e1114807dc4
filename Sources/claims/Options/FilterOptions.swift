import ArgumentParser
import ClaimStore
import ClaimsDomain

/// Which claims a command is about.
struct FilterOptions: ParsableArguments {
  @Option(help: "Only claims of this status.")
  var status: ClaimStatus?

  @Option(help: ArgumentHelp("Only claims of this member.", valueName: "ID"))
  var member: String?

  @Option(help: ArgumentHelp("Only claims to this payer.", valueName: "ID"))
  var payer: String?

  @Option(
    help: ArgumentHelp(
      "Only claims of this billing provider: its NPI, or where it has none its tax ID.", valueName: "NPI"))
  var provider: String?

  @Option(help: ArgumentHelp("Only claims with this number, as the provider gave it.", valueName: "NUMBER"))
  var number: String?

  @Option(help: ArgumentHelp("Only claims received on this day or later.", valueName: "YYYY-MM-DD"))
  var receivedFrom: CalendarDate?

  @Option(help: ArgumentHelp("Only claims received on this day or earlier.", valueName: "YYYY-MM-DD"))
  var receivedThrough: CalendarDate?

  @Option(help: ArgumentHelp("Only claims with care on this day or later.", valueName: "YYYY-MM-DD"))
  var serviceFrom: CalendarDate?

  @Option(help: ArgumentHelp("Only claims with care on this day or earlier.", valueName: "YYYY-MM-DD"))
  var serviceThrough: CalendarDate?

  @Option(help: ArgumentHelp("Only claims with this charge or more.", valueName: "AMOUNT"))
  var chargeMin: String?

  @Option(help: ArgumentHelp("Only claims with this charge or less.", valueName: "AMOUNT"))
  var chargeMax: String?

  @Option(help: ArgumentHelp("Only claims with this procedure on a line, or this revenue code.", valueName: "CODE"))
  var procedure: String?

  @Option(
    help: ArgumentHelp(
      "Only claims that were denied or reduced for this reason (CO-97) or with this remark (N130), or wait for this "
        + "(near-duplicate).", valueName: "CODE"))
  var reasonCode: String?

  @Option(help: ArgumentHelp("Only claims that this check run reported.", valueName: "NUMBER"))
  var run: Int?

  func validate() throws {
    for (name, value) in texts where value?.isEmpty == true { throw ValidationError("--\(name) is empty") }
    let filter = try filter()
    try refuse("received", filter.receivedFrom, after: filter.receivedThrough)
    try refuse("service", filter.serviceFrom, after: filter.serviceThrough)
    if let run, run < 1 { throw ValidationError("--run must be the number of a check run, from 1") }
    if let least = filter.chargeAtLeast, let most = filter.chargeAtMost, least > most {
      throw ValidationError("--charge-min is more than --charge-max")
    }
  }

  func filter() throws -> ClaimFilter {
    var filter = ClaimFilter(
      claimNumber: number.map { ClaimNumber($0) }, status: status, memberID: member.map { MemberID($0) },
      payerID: payer.map { PayerID($0) }, provider: provider.map { ProviderReference($0) },
      receivedFrom: receivedFrom, receivedThrough: receivedThrough, serviceFrom: serviceFrom,
      serviceThrough: serviceThrough, chargeAtLeast: try chargeMin?.amount(), chargeAtMost: try chargeMax?.amount())
    filter.procedure = try Self.mark(.procedure, procedure, "procedure")
    filter.reason = try Self.mark(.reason, reasonCode, "reason-code")
    filter.run = run.map(ClaimMark.init(run:))
    return filter
  }

  private static func mark(_ kind: ClaimMark.Kind, _ text: String?, _ name: String) throws -> ClaimMark? {
    do throws(UnmarkedCode) {
      guard let text else { return nil }
      return try ClaimMark(kind, named: text)
    } catch {
      throw ValidationError("--\(name): \(error)")
    }
  }

  /// The options as they would be given again, fit for a shell.
  var given: [String] {
    let days: [(name: String, value: CalendarDate?)] = [
      ("received-from", receivedFrom), ("received-through", receivedThrough), ("service-from", serviceFrom),
      ("service-through", serviceThrough),
    ]
    let values =
      [("status", status?.rawValue)] + texts + days.map { ($0.name, $0.value?.description) }
      + [("charge-min", chargeMin), ("charge-max", chargeMax), ("run", run.map(String.init))]
    return values.flatMap { name, value in value.map { ["--\(name)", $0.shellWord] } ?? [] }
  }

  private var texts: [(name: String, value: String?)] {
    [
      ("member", member), ("payer", payer), ("provider", provider), ("number", number), ("procedure", procedure),
      ("reason-code", reasonCode),
    ]
  }

  private func refuse(_ name: String, _ first: CalendarDate?, after last: CalendarDate?) throws {
    guard let first, let last, first > last else { return }
    throw ValidationError("--\(name)-from is after --\(name)-through")
  }
}

extension ClaimStatus: ExpressibleByArgument {}

extension String {
  /// The text as one word of a shell's command line.
  var shellWord: String {
    guard isEmpty || contains(where: { !$0.isASCII || !($0.isLetter || $0.isNumber || "_./:@%+=,-".contains($0)) })
    else { return self }
    return "'\(replacing("'", with: #"'\''"#))'"
  }
}
